"""An oTree project to measure beside ours: `course` has five pages and four long texts that are saved, `form` has one page of nine questions.

`selfhelp/benches/otree.py` runs it. By hand, in a copy of this folder, with oTree from PyPI:

    OTREE_PRODUCTION=1 otree create_session course 100 && OTREE_PRODUCTION=1 otree prodserver 127.0.0.1:8000
"""
SESSION_CONFIGS = [
    dict(name="course", display_name="A course of five pages", app_sequence=["course"], num_demo_participants=1),
    dict(name="form", display_name="Nine questions", app_sequence=["form"], num_demo_participants=1),
]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.0, participation_fee=0.0, doc="")
PARTICIPANT_FIELDS = []
SESSION_FIELDS = []
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "EUR"
USE_POINTS = True
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = ""
SECRET_KEY = "only-for-a-bench-on-loopback"
