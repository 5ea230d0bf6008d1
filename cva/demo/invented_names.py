"""Names to make people up from, by language. No person in the demo exists."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Names:
    """Family and first names of a language; women's and men's family names may differ."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    women_family: tuple[str, ...]
    men_family: tuple[str, ...]
    female: str
    male: str


@dataclass(frozen=True, slots=True)
class MadeUp:
    """An invented person."""

    family: str
    first: str
    sex: str


RUSSIAN = Names(
    women=("Анна", "Ольга", "Юлия", "Мария", "Елена", "Вера", "Нина", "Дарья", "Софья", "Лидия"),
    men=("Дмитрий", "Иван", "Пётр", "Алексей", "Сергей", "Павел", "Фёдор", "Глеб", "Лев", "Юрий"),
    women_family=("Ручьёва", "Лугова", "Полевая", "Берёзкина", "Снегирёва", "Тихая", "Яснева"),
    men_family=("Ручьёв", "Лугов", "Полевой", "Берёзкин", "Снегирёв", "Тихий", "Яснев"),
    female="Ж",
    male="М",
)
BELARUSIAN = Names(
    women=("Алена", "Вольга", "Марыя", "Ганна", "Кацярына", "Наталля"),
    men=("Андрэй", "Мікалай", "Пётр", "Алесь", "Янка", "Сяргей"),
    women_family=("Лясная", "Азёрная", "Жытнёва", "Зорына", "Крынічная"),
    men_family=("Лясны", "Азёрны", "Жытнёў", "Зорын", "Крынічны"),
    female="Ж",
    male="М",
)
PERSIAN = Names(
    women=("زهرا", "فاطمه", "مریم", "نرگس", "لاله"),
    men=("علی", "حسن", "رضا", "محمد", "امید"),
    women_family=("بهاری", "کوهستانی", "دریایی", "سپیده‌دم", "گلستانی"),
    men_family=("بهاری", "کوهستانی", "دریایی", "سپیده‌دم", "گلستانی"),
    female="زن",
    male="مرد",
)
ARABIC = Names(
    women=("أمينة", "فاطمة", "سلمى", "هدى", "مريم"),
    men=("محمد", "إدريس", "عمر", "يوسف", "خالد"),
    women_family=("النيل", "الواحة", "القمر", "الصباح", "الجبل"),
    men_family=("النيل", "الواحة", "القمر", "الصباح", "الجبل"),
    female="أنثى",
    male="ذكر",
)
KYRGYZ = Names(
    women=("Айгүл", "Гүлнара", "Жылдыз", "Нургүл", "Айпери"),
    men=("Азамат", "Бакыт", "Нурлан", "Эрлан", "Тилек"),
    women_family=("Тоолуева", "Булакова", "Жайлоова", "Арчаева"),
    men_family=("Тоолуев", "Булаков", "Жайлоов", "Арчаев"),
    female="аял",
    male="эркек",
)


def make_up(names: Names, chance: Random) -> MadeUp:
    """Invent a person; three of four are women, as on the lists of displaced families."""
    if chance.random() < 0.75:  # noqa: PLR2004
        return MadeUp(chance.choice(names.women_family), chance.choice(names.women), names.female)
    return MadeUp(chance.choice(names.men_family), chance.choice(names.men), names.male)
