"""A course of five pages; the first four each ask for a long text, which is saved when the visitor goes on."""
import os
from pathlib import Path

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models

# The bench puts the texts of our own course here, so that both servers send pages of the same length.
TEXTS = sorted(Path(os.environ.get("COURSE_TEXTS", "texts")).glob("*.html"))
TEXT = [file.read_text() for file in TEXTS] or ["A text to read. " * 150] * 5


class C(BaseConstants):
    NAME_IN_URL = "course"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    text1 = models.LongStringField(label="What did you see?")
    text2 = models.LongStringField(label="What does it give you?")
    text3 = models.LongStringField(label="What matters to you?")
    text4 = models.LongStringField(label="What is the next small step?")


def step(number):
    """The page of a step; the last one has nothing to write."""
    asked = [f"text{number}"] if number < 5 else []
    shown = dict(number=number, text=TEXT[number - 1])
    return type(f"Step{number}", (Page,), dict(
        form_model="player" if asked else None,
        form_fields=asked,
        template_name="course/Step.html",
        vars_for_template=staticmethod(lambda player: shown),
    ))


page_sequence = [step(number) for number in range(1, 6)]
