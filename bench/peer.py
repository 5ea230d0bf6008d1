"""django-import-export on the same sheet, as its documentation says to use it."""

import io
import sys
import tempfile
import time
import types
from pathlib import Path

import django
import openpyxl
from django.conf import settings
from sheet import HEADING_ROWS

FIELDS = (
    "row_no",
    "registration_no",
    "family_name",
    "first_name",
    "patronymic",
    "sex",
    "date_of_birth",
    "household_size",
    "id_number",
    "region",
    "distribution_date",
    "amount",
    "signature",
)


def import_sheet(sheet: Path, *, in_bulk: bool) -> dict[str, float]:
    """Import the sheet's table; only reading and importing are timed."""
    resource, dataset_of = _set_up(in_bulk=in_bulk)
    content = _plain_table(sheet)
    start = time.perf_counter()
    dataset = dataset_of(content)
    read = time.perf_counter()
    result = resource.import_data(dataset, dry_run=False, use_transactions=True, raise_errors=True)
    done = time.perf_counter()
    return {"rows": result.totals["new"], "read_s": read - start, "s": done - start}


def _plain_table(sheet: Path) -> bytes:
    """The rows under one row of field names: the peer knows no preamble, levels or totals."""
    rows = (
        openpyxl.load_workbook(sheet, read_only=False)
        .worksheets[0]
        .iter_rows(min_row=HEADING_ROWS + 1, max_col=len(FIELDS), values_only=True)
    )
    book = openpyxl.Workbook(write_only=True)
    plain = book.create_sheet()
    plain.append(FIELDS)
    for row in rows:
        if str(row[1]).startswith("RRC-"):
            plain.append([*row[:-1], "signed"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _set_up(*, in_bulk: bool) -> tuple[object, object]:
    """A Django project of one table, in this process."""
    home = tempfile.mkdtemp()
    app = types.ModuleType("peer_app")
    app.__path__, app.__file__ = [home], f"{home}/__init__.py"
    sys.modules["peer_app"] = app
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "import_export", "peer_app"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{home}/peer.db"}},
        USE_TZ=False,
    )
    django.setup()
    from django.db import connection, models  # noqa: PLC0415 - needs the settings
    from import_export.formats.base_formats import XLSX  # noqa: PLC0415
    from import_export.resources import ModelResource  # noqa: PLC0415

    class Row(models.Model):  # noqa: DJ008
        row_no = models.IntegerField()
        registration_no = models.CharField(max_length=40, unique=True)
        family_name = models.CharField(max_length=80)
        first_name = models.CharField(max_length=80)
        patronymic = models.CharField(max_length=80)
        sex = models.CharField(max_length=1)
        date_of_birth = models.DateField()
        household_size = models.IntegerField()
        id_number = models.CharField(max_length=30)
        region = models.CharField(max_length=60)
        distribution_date = models.DateField(db_index=True)
        amount = models.DecimalField(max_digits=12, decimal_places=2)
        signature = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001

        class Meta:
            app_label = "peer_app"

    class Rows(ModelResource):
        class Meta:
            model = Row
            import_id_fields = ("registration_no",)
            use_bulk = in_bulk
            skip_diff = in_bulk
            batch_size = 1000

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    return Rows(), XLSX().create_dataset
