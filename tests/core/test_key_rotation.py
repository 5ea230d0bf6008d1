"""The key is changed: everything is under the new one, found and proved as before."""

import base64
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from cva.beneficiaries.models import Beneficiary
from cva.core import append_only, crypto, key_rotation
from cva.core.db import reading, transaction
from cva.core.errors import RuleError, SettingError
from cva.core.lookup_keys import LookupKey, tokens_of
from cva.core.secret_columns import Sealed, SecretBytes
from cva.core.tenancy import SYSTEM
from cva.reports.verification import prove
from cva.societies.models import Society
from cva.staging.models import Amendment, StagedRow
from cva.tables import METADATA
from tests.core.test_nothing_plain import all_that_is_stored
from tests.makers import AtWork, sheet

PEOPLE = (
    "number | name | Phone | Document number | day | amount | currency\n"
    "R-001 | Anna Lebed | +996700123987 | ZX7654321 | 2022-11-05 | 5000 | RUB\n"
    "R-002 | Boris Lebed | +996700123988 | ZX7654322 | 2022-11-05 | many | RUB"
)


@pytest.fixture
def used(society: AtWork) -> Iterator[AtWork]:
    """A society with secrets in tables that may be changed and in some that may not."""
    given = society.checked(sheet(PEOPLE), filename="november.xlsx")
    society.amend(given, F3="700")
    society.submit(given)
    society.approve(given)
    december = PEOPLE.replace("2022-11", "2022-12").replace("many", "900")
    society.reject(society.submitted(sheet(december)), reason="A wombat")
    yield society
    crypto.use(crypto.read_key_file(society.ledger.settings.key_file))


def _rotate(society: AtWork) -> int:
    settings = society.ledger.settings
    return key_rotation.rotate(society.engine, settings.key_file, lambda _done, _total: None)


def _age(file: Path) -> None:
    os.utime(file, (0, 0))


def _forget(society: AtWork) -> None:
    _age(society.ledger.settings.key_file)
    key_rotation.forget_older_keys(society.engine, society.ledger.settings.key_file)


def test_after_a_rotation_the_old_key_reads_nothing_and_the_new_one_everything(
    used: AtWork,
) -> None:
    before = crypto.keys()
    assert _rotate(used) == 0
    _forget(used)
    after = crypto.read_key_file(used.ledger.settings.key_file)
    assert after.older == ()
    assert after.master != before.master
    assert before.key_name not in all_that_is_stored(used)
    crypto.use(after)
    with reading(used.engine, SYSTEM) as session:
        identities = session.exec(select(Beneficiary.identity)).all()
        assert {each["phone"] for each in identities} == {"+996700123987", "+996700123988"}
        assert session.exec(select(Amendment.after)).one() == "700"
        society = session.exec(select(Society).where(Society.id == used.society_id)).one()
        assert prove(session, society).is_sound


def test_records_are_found_by_new_tokens(used: AtWork) -> None:
    with reading(used.engine, SYSTEM) as session:
        before = set(session.exec(select(Beneficiary.phone_token)).all())
    _rotate(used)
    with reading(used.engine, SYSTEM) as session:
        after = set(session.exec(select(Beneficiary.phone_token)).all())
        token = tokens_of(session, used.society_id).of("phone", "+996700123987")
    assert not before & after
    assert token in after


def test_what_protects_posted_records_stands_after_a_rotation(used: AtWork) -> None:
    _rotate(used)
    with used.engine.connect() as connection:
        assert append_only.missing_triggers(connection) == []


def test_a_rotation_that_was_broken_off_goes_on_with_the_same_key(used: AtWork) -> None:
    class _BrokenOffError(Exception):
        pass

    def break_off(done: int, _total: int) -> None:
        if done > 1:
            raise _BrokenOffError

    file = used.ledger.settings.key_file
    with pytest.raises(_BrokenOffError):
        key_rotation.rotate(used.engine, file, break_off)
    begun = crypto.keys()
    assert len(begun.older) == 1
    assert key_rotation.count_older(used.engine) > 0
    with pytest.raises(RuleError, match="still under an older key"):
        _forget(used)
    _rotate(used)
    assert crypto.keys().master == begun.master
    assert key_rotation.count_older(used.engine) == 0


def test_who_works_meanwhile_writes_with_the_new_key_at_once(used: AtWork) -> None:
    file = used.ledger.settings.key_file
    new = crypto.add_key(file)
    time.sleep(0.02)
    used.checked(sheet("number | name | Phone\nR-009 | Vera Zorina | +996700123989"))
    with used.engine.connect() as connection:
        newest = StagedRow.__table__  # type: ignore[attr-defined]
        stored = connection.exec_driver_sql(f"SELECT record FROM {newest.name}").scalars().all()  # noqa: S608
    assert sum(bytes(each).startswith(new.key_name) for each in stored) == 1


def test_older_keys_are_kept_for_an_hour(used: AtWork) -> None:
    _rotate(used)
    with pytest.raises(RuleError, match="less than an hour"):
        key_rotation.forget_older_keys(used.engine, used.ledger.settings.key_file)


def test_a_value_that_cannot_be_read_is_counted_and_kept(used: AtWork) -> None:
    with used.engine.begin() as connection:
        first, second = connection.exec_driver_sql("SELECT id FROM beneficiary").scalars().all()
        value = connection.exec_driver_sql(
            f"SELECT identity FROM beneficiary WHERE id = {first}"  # noqa: S608
        ).scalar_one()
        table = Beneficiary.__table__  # type: ignore[attr-defined]
        moved = table.update().where(table.c.id == second)
        connection.execute(moved.values(identity=Sealed(value)))
    assert _rotate(used) == 1
    with pytest.raises(RuleError, match="1 rows are still"):
        _forget(used)


def test_every_secret_column_can_be_rewritten() -> None:
    """A table whose key is not one number would be left out without a word."""
    for table in METADATA.sorted_tables:
        if any(isinstance(column.type, SecretBytes) for column in table.columns):
            assert len(table.primary_key) == 1, table.name


def test_two_changes_of_the_key_file_at_once_lose_no_key(tmp_path: Path) -> None:
    file = tmp_path / "cva.key"
    crypto.make_key_file(file)
    (tmp_path / "cva.key.new").touch(0o600)
    with pytest.raises(SettingError, match=r"cva\.key\.new"):
        crypto.add_key(file)
    assert len(file.read_bytes().split()) == 1
    (tmp_path / "cva.key.new").unlink()
    added = crypto.add_key(file)
    lines = [base64.b64decode(line) for line in file.read_bytes().split()]
    assert lines == [added.master, *added.older]


def test_societies_have_different_tokens_for_the_same_telephone(
    two_societies: tuple[AtWork, AtWork],
) -> None:
    one, other = two_societies
    with transaction(one.engine, SYSTEM) as session:
        assert len(set(session.exec(select(col(LookupKey.key))).all())) == 2
        tokens = {tokens_of(session, each.society_id).of("phone", "+7912") for each in (one, other)}
    assert len(tokens) == 2
