import pytest

from orchestration.contracts.municipalities import Register, slug
from orchestration.settings import Settings

REGISTER = Register.from_csv(Settings.from_environment({}).municipalities_file)


def test_all_290_have_a_slug_of_their_own():
    assert len({one.slug for one in REGISTER.all}) == len(REGISTER.all) == 290


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Habo", "habo"), ("habo", "habo"), ("Håbo", "haabo"), ("håbo", "haabo"), ("haabo", "haabo"), ("Håbo kommun", "haabo"),
        ("jarfalla", "jarfalla"), ("järfälla", "jarfalla"), ("Ja\u0308rfa\u0308lla", "jarfalla"), ("Falu kommun", "falun"),
        ("Region Gotland", "gotland"), ("upplands-vasby", "upplands-vasby"), ("Malmö stad", "malmo"),
    ],
)  # fmt: skip
def test_a_municipality_is_found_by_every_way_to_write_it(written, expected):
    assert REGISTER.named(written).slug == expected


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError):
        REGISTER.named("Oslo")


def test_a_slug_is_plain_ascii():
    assert slug("Upplands Väsby") == "upplands-vasby"
