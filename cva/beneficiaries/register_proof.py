"""Whether the register says of people what was registered: their numbers, and their tokens.

Who a person is stands in one encrypted value that is bound to its record. What leads to the
record, in plain, is held against it here.
"""

from collections.abc import Iterator

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from cva.beneficiaries.models import Beneficiary, NameToken, Registration
from cva.beneficiaries.name_keys import name_tokens
from cva.beneficiaries.service import NUMBER, id_number_token, name_of, phone_token
from cva.core.identifiers import comparable
from cva.core.lookup_keys import tokens_of

#: So many records are read at once.
_READ_AT_ONCE = 1000


def wrong_register(session: Session, society_id: int) -> Iterator[tuple[str, int]]:
    """What leads to another record than it should, as ``table.column`` and the number of its row.

    Of the tokens of names it is only known that one is wrong: the row is 0.
    """
    tokens = tokens_of(session, society_id)
    query = (
        select_columns(
            *(col(Beneficiary.id), col(Beneficiary.identity), col(Beneficiary.merged_into_id)),
            *(col(Beneficiary.phone_token), col(Beneficiary.id_number_token)),
            *(col(Registration.number), col(Registration.number_key)),
            col(Registration.beneficiary_id),
        )
        # The first number of a person has the person's own id.
        .join(Registration, col(Registration.id) == Beneficiary.id)
        .where(col(Beneficiary.society_id) == society_id)
    )
    expected = 0
    with session.execute(query, execution_options={"yield_per": _READ_AT_ONCE}) as people:
        for person, identity, merged_into, phone, document, number, key, leads_to in people:
            if phone != phone_token(tokens, identity.get("phone")):
                yield "beneficiary.phone_token", person
            if document != id_number_token(tokens, identity.get("id_number")):
                yield "beneficiary.id_number_token", person
            if number != identity.get(NUMBER) or key != comparable(number):
                yield "registration.number", person
            if leads_to != (merged_into or person):
                yield "registration.beneficiary_id", person
            for token in name_tokens(tokens, name_of(identity)):
                expected ^= hash((token, person))
    names = select_columns(col(NameToken.token), col(NameToken.beneficiary_id)).where(
        col(NameToken.society_id) == society_id
    )
    with session.execute(names, execution_options={"yield_per": _READ_AT_ONCE}) as stored:
        for token, person in stored:
            expected ^= hash((token, person))
    if expected:
        yield "name_token", 0
