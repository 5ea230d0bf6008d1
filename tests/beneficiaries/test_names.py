"""Names in two spellings, orders and scripts, and names of two people."""

import pytest

from cva.beneficiaries.matching.names import NameLikeness, compare_names
from cva.beneficiaries.name_keys import readings, words_of

SAME, PART = NameLikeness.SAME, NameLikeness.PART
ALIKE, OTHER = NameLikeness.ALIKE, NameLikeness.OTHER


def _compared(one: str, other: str) -> NameLikeness:
    return compare_names(words_of(one), words_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иванов Пётр Ильич", "ильич ПЕТР иванов"),
        ("Ивaнoв Пeтр", "Иванов Петр"),  # Latin a, o and e
        ("Núñez José", "Jose Nunez"),
        ("Abdul Rahman Ali", "Ali Abdulrahman"),
        ("فاطمة علي", "فاطمه على"),
        ("  O'Brien   Mary ", "Mary OBrien"),
    ],
)
def test_the_same_name_in_another_writing(one: str, other: str) -> None:
    assert _compared(one, other) == _compared(other, one) == SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иванов Пётр", "Иванова Петра"),
        ("Иванов Пётр Ильич", "Иваонв Петр Ильич"),
        ("Иванов П. И.", "Иванов Пётр Ильич"),
        ("Иванов Пётр Ильич", "Ivanov Petr Il'ich"),
        ("محمد الحسن", "Mohammed Al-Hassan"),
        ("გიორგი ბერიძე", "Гиорги Беридзе"),
        ("王小明", "王小铭"),
        ("Mohammed Youssef", "Muhamad Yusuf"),
        ("Samira Hassan Al-Zboun", "Samira Hasan Alzboun"),
        ("سميرة حسن الزبون", "Samira Hasan Alzboun"),
        ("Khaled Al-Amoush", "Khalid Yusuf Alamush"),
        ("عبد الرحمن قاسم", "Abdulrahman Kasem"),
        ("Abdel Rahman Qasim", "Abdulrahman Kasem"),
        ("Джумабаева Гульнара", "Жумабаева Гүлнара"),
        ("Jumabaeva Gulnara", "Жумабаева Гүлнара"),
        ("Djumabaeva Gulnara", "Zhumabaeva Gulnara"),
        ("Нурджан Өмүров", "Нуржан Омуров"),
        ("Julia Orlova", "Yulia Orlova"),
    ],
)
def test_a_name_that_is_only_alike(one: str, other: str) -> None:
    assert _compared(one, other) == _compared(other, one) == ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иванов Пётр", "Сидоров Пётр"),
        ("Amina Yusupova", "Madina Yunusova"),
        ("Иван", "Иван Петров"),
        ("Иванова Елена", "Иванова Анна"),
        ("И. П.", "Иванов Пётр"),
        ("李 明", "王 芳"),
    ],
)
def test_names_of_two_people(one: str, other: str) -> None:
    assert _compared(one, other) == _compared(other, one) == OTHER


def test_a_patronymic_that_one_of_two_lists_leaves_out() -> None:
    assert _compared("Иванов Пётр", "Иванов Пётр Ильич") == PART


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Zara Bello", "Bello Zarafatu", NameLikeness.LONGER),
        ("Aisha Bello", "Aishatu Bello", NameLikeness.LONGER),
        ("Sara Umar Bello", "Saratune Umar Bello", NameLikeness.LONGER),
        ("Zar Bello", "Zarafatu Bello", OTHER),
        ("Aisha Bello", "Aishatu Umar", OTHER),
        ("Aisha", "Aishatu", OTHER),
    ],
)
def test_a_word_that_goes_on_where_the_other_ends(
    one: str, other: str, found: NameLikeness
) -> None:
    assert _compared(one, other) == _compared(other, one) == found


def test_a_record_without_a_name_says_nothing_of_it() -> None:
    assert _compared("", "Иванов Пётр") == NameLikeness.UNKNOWN


def test_the_same_consonants_in_three_scripts() -> None:
    names = ("Giorgi Beridze", "გიორგი ბერიძე", "Гиорги Беридзе")
    assert len({readings(words_of(name)) for name in names}) == 1
