"""Providers of a society: added, listed, found."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from cva.core import audit
from cva.core.errors import ConflictError, NotFoundError
from cva.core.form_errors import FormErrors
from cva.core.i18n import gettext as _
from cva.core.permissions import Permission
from cva.core.tenancy import actor_of, get_record
from cva.programmes.service import BY_HAND, Mechanism
from cva.providers.models import Provider
from cva.sheets.writing.payment_file import PaymentTemplate, payment_templates


def add_provider(
    session: Session,
    society_id: int,
    code: str,
    name: str,
    *,
    mechanism: str = Mechanism.MOBILE_MONEY,
    template: str = "general",
    tells_collection: bool = False,
) -> Provider:
    """Add a provider.

    Raises:
        InputError: Code or name is blank, or there is no such delivery mechanism or template.
        ConflictError: The society has a provider with this code.
    """
    actor_of(session).require(Permission.MANAGE_SETUP, society_id)
    _refuse_impossible(code, name, mechanism, template)
    if any(_is_called(each, code) for each in _of_society(session, society_id)):
        message = _("There is a provider {code} already.").format(code=code)
        raise ConflictError(message, {"code": [message]}, code="provider_exists")
    provider = Provider(
        society_id=society_id,
        code=code.strip(),
        name=name.strip(),
        mechanism=mechanism,
        template=template,
        tells_collection=tells_collection,
    )
    session.add(provider)
    session.flush()
    audit.record_about(session, audit.Act.PROVIDER_ADDED, provider)
    return provider


def _refuse_impossible(code: str, name: str, mechanism: str, template: str) -> None:
    faults = FormErrors()
    for field, text in (("code", code), ("name", name)):
        if not text.strip():
            faults.add(field, _("A provider needs a code and a name."))
    if mechanism in BY_HAND or mechanism not in list(Mechanism):
        message = _("{name} is not how a provider pays.").format(name=repr(mechanism))
        faults.add("mechanism", message)
    if template not in payment_templates():
        message = _("There is no template {name}. Choose one of: {names}.").format(
            name=repr(template), names=", ".join(payment_templates())
        )
        faults.add("template", message)
    faults.refuse()


def list_providers(
    session: Session, society_id: int | None = None, right: Permission = Permission.SEE_ROUNDS
) -> Sequence[Provider]:
    """Providers of a society, or of all societies in which the actor holds a right, by name."""
    actor = actor_of(session)
    if society_id is not None:
        actor.require(right, society_id)
    return [each for each in _of_society(session, society_id) if actor.may(right, each.society_id)]


def _of_society(session: Session, society_id: int | None) -> Sequence[Provider]:
    query = select(Provider).order_by(col(Provider.society_id), col(Provider.name))
    if society_id is not None:
        query = query.where(Provider.society_id == society_id)
    return session.exec(query).all()


def find_provider(session: Session, society_id: int, code: str) -> Provider:
    """The provider of a society with a code (case does not matter).

    Raises:
        NotFoundError: There is none.
    """
    for provider in _of_society(session, society_id):
        if _is_called(provider, code):
            return provider
    raise NotFoundError(
        _("The society has no provider {code}.").format(code=code), code="provider_unknown"
    )


def see_provider(
    session: Session, provider_id: int, right: Permission = Permission.SEE_ROUNDS
) -> Provider:
    """A provider the actor has a right over.

    Raises:
        NotFoundError: There is none within the actor's societies.
        ForbiddenError: The actor's role does not hold the right there.
    """
    return get_record(session, Provider, provider_id, right)


def template_of(provider: Provider) -> PaymentTemplate:
    """Which columns its payment lists have."""
    return payment_templates()[provider.template]


def _is_called(provider: Provider, code: str) -> bool:
    return provider.code.casefold() == code.strip().casefold()
