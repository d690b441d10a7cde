"""One page of nine questions from 0 to 3, all saved at once."""
from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

ITEMS = [f"item{number}" for number in range(1, 10)]


def item(number):
    choices = [[0, "Not at all"], [1, "Several days"], [2, "More than half the days"], [3, "Nearly every day"]]
    return models.IntegerField(label=f"{number}. How often was this so in the last two weeks?", choices=choices, widget=widgets.RadioSelect)


class C(BaseConstants):
    NAME_IN_URL = "form"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    item1 = item(1)
    item2 = item(2)
    item3 = item(3)
    item4 = item(4)
    item5 = item(5)
    item6 = item(6)
    item7 = item(7)
    item8 = item(8)
    item9 = item(9)


class Items(Page):
    form_model = "player"
    form_fields = ITEMS


class Thanks(Page):
    pass


page_sequence = [Items, Thanks]
