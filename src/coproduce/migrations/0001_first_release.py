import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import coproduce.conversations.models
import coproduce.telling.models
from coproduce.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    initial = True

    # As they came one by one before the first release: a data folder of then has these tables.
    replaces = [
        ("coproduce", "0001_initial"),
        ("coproduce", "0002_said_and_done"),
        ("coproduce", "0003_checks_count_for_groups"),
        ("coproduce", "0004_promised_rung_of_a_check_in"),
        ("coproduce", "0005_corrections_say_why"),
        ("coproduce", "0006_addresses_and_letters"),
        ("coproduce", "0007_pages_made_beforehand"),
        ("coproduce", "0008_actions_are_corrected"),
        ("coproduce", "0009_felt_rungs"),
        ("coproduce", "0010_pages_of_an_area"),
    ]

    dependencies = []

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "runs_installation",
                            models.BooleanField(
                                default=False,
                                help_text="May make conversations and invite organisers.",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="Cluster",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Conversation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "join_code",
                            models.CharField(
                                default=coproduce.conversations.models.make_join_code,
                                max_length=8,
                                unique=True,
                            ),
                        ),
                        ("is_example", models.BooleanField(default=False)),
                        (
                            "listed",
                            models.BooleanField(
                                default=True, help_text="Shown in the public list when open."
                            ),
                        ),
                        (
                            "one_room",
                            models.BooleanField(
                                default=False,
                                help_text="Everybody sits in one room: three people are enough, not five.",
                            ),
                        ),
                        ("purpose", models.TextField(blank=True)),
                        ("can_change", models.TextField(blank=True)),
                        ("cannot_change", models.TextField(blank=True)),
                        (
                            "options_fixed",
                            models.BooleanField(
                                help_text="Had options been fixed already?", null=True
                            ),
                        ),
                        ("options_fixed_since", models.DateField(blank=True, null=True)),
                        (
                            "rung",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("informing", "Informing: we tell you"),
                                    ("consultation", "Consultation: we ask you, then we decide"),
                                    ("engagement", "Engagement: you help us think, and we decide"),
                                    ("co_design", "Co-design: we design it together"),
                                    (
                                        "co_production",
                                        "Co-production: we decide and do it together",
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("who_decides", models.TextField(blank=True)),
                        ("hear_back_by", models.DateField(blank=True, null=True)),
                        ("time_and_money", models.TextField(blank=True)),
                        ("thanks", models.TextField(blank=True)),
                        ("who_runs_it", models.TextField(blank=True)),
                        ("who_can_read", models.TextField(blank=True)),
                        ("privacy_notice", models.TextField(blank=True)),
                        ("data_controller", models.CharField(blank=True, max_length=200)),
                        ("delete_on", models.DateField(blank=True, null=True)),
                        ("safeguarding_name", models.CharField(blank=True, max_length=120)),
                        (
                            "safeguarding_contact",
                            models.CharField(
                                blank=True,
                                help_text="A phone number or an address that is answered.",
                                max_length=200,
                            ),
                        ),
                        ("phases", models.JSONField(default=list)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "runs_alone",
                            models.BooleanField(
                                default=False,
                                help_text="One partner runs it alone, and the pages say so.",
                            ),
                        ),
                        ("enough", models.PositiveSmallIntegerField(default=5)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "arrangement_revision",
                            models.PositiveIntegerField(
                                default=0, help_text="Rises with every change to merges and ideas."
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Production",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("version_pdf", "The shared understanding as PDF"),
                                    ("version_docx", "The shared understanding as a Word file"),
                                    ("annual_pdf", "The yearly report as PDF"),
                                    ("annual_docx", "The yearly report as a Word file"),
                                    ("annual_csv", "The yearly report as a table"),
                                    ("pack", "Inspection pack"),
                                    ("version_whole", "The shared understanding on one page"),
                                    ("draft_whole", "The draft on one page"),
                                    (
                                        "draft_publish",
                                        "What is said of the draft before it is published",
                                    ),
                                    ("open_data", "A set of open data"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("details", models.JSONField(default=dict)),
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("working", "Being made"),
                                    ("ready", "Ready"),
                                    ("failed", "It did not work"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("beat_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="productions",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Words",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("statement", "Statement"),
                                    ("reason", "Reason"),
                                    ("description", "Own-word description"),
                                    ("question", "Question"),
                                    ("dispute", "Dispute"),
                                    ("note", "Note on a check-in"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ref", models.CharField(max_length=12, unique=True)),
                        (
                            "how_given",
                            models.CharField(
                                choices=[
                                    ("own", "My own words"),
                                    ("helper_typed", "My own words. A helper types them for me"),
                                    ("symbols", "I use symbols or photos"),
                                    (
                                        "observation",
                                        "I am an adult. I say what I have seen of a child",
                                    ),
                                    ("speaks_for", "I am an adult. I speak for a child"),
                                    ("paper", "Typed in from paper"),
                                ],
                                default="own",
                                max_length=20,
                            ),
                        ),
                        ("from_paper", models.BooleanField(default=False)),
                        ("digest", models.CharField(max_length=64)),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting to be looked at"),
                                    ("shown", "Shown"),
                                    ("held", "Held: we look again"),
                                    ("not_shown", "Not shown"),
                                    ("set_apart", "Set apart for someone's safety"),
                                    ("withdrawn", "Withdrawn by the person who wrote it"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        (
                            "form_key",
                            models.CharField(
                                help_text="The form that brought it: the same form twice is one record.",
                                max_length=64,
                                null=True,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BenchmarkFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("digest", models.CharField(max_length=64)),
                        ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "loaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-loaded_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
                    fields=[
                        (
                            "cluster",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="figure",
                                serialize=False,
                                to="coproduce.cluster",
                            ),
                        ),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("shown", models.JSONField(default=dict)),
                        ("memory", models.JSONField(default=dict)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="Concern",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kept_text", models.TextField()),
                        ("note", models.TextField(blank=True)),
                        ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "raised_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="concerns",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["raised_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("told", "The safeguarding contact was told"),
                                    ("read", "Read"),
                                    ("referred", "Passed on"),
                                    ("noted", "Note"),
                                    ("returned", "Not a concern: back to be looked at"),
                                    ("ended", "Ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="coproduce.concern",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PairSearch",
                    fields=[
                        (
                            "conversation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                serialize=False,
                                to="coproduce.conversation",
                            ),
                        ),
                        ("among", models.CharField(blank=True, max_length=300)),
                        ("asked_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.AddField(
                    model_name="cluster",
                    name="conversation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clusters",
                        to="coproduce.conversation",
                    ),
                ),
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.SlugField(max_length=40)),
                        ("label", models.CharField(max_length=80)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="areas",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("first_day", models.DateField()),
                        ("last_day", models.DateField()),
                        ("introduction", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("final_at", models.DateTimeField(blank=True, null=True)),
                        ("frozen", models.JSONField(default=dict)),
                        (
                            "final_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversations",
                            models.ManyToManyField(
                                related_name="annual_reports", to="coproduce.conversation"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-last_day", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Address",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                default=coproduce.telling.models.random_key,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("sealed", models.BinaryField()),
                        ("digest", models.CharField(max_length=64)),
                        ("stop_digest", models.CharField(max_length=64, unique=True)),
                        ("delete_on", models.DateField()),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="addresses",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("ref", models.CharField(max_length=12, unique=True)),
                        ("what", models.TextField()),
                        ("why", models.TextField()),
                        ("decided_on", models.DateField()),
                        (
                            "decided_by",
                            models.CharField(
                                help_text="Who decided: a person or a body.", max_length=200
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("will", "We will"),
                                    ("doing", "We are doing it"),
                                    ("try", "We will try it and tell you"),
                                    ("done", "Done"),
                                    ("partly", "Partly"),
                                    ("cannot", "We can’t, and we say why"),
                                    ("not_ours", "Not ours to decide. We passed it on"),
                                    ("not_yet", "Not yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "settled_without_appeal",
                            models.BooleanField(
                                default=False,
                                help_text="A problem that was settled without an appeal or a tribunal.",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "why_corrected",
                            models.TextField(
                                blank=True,
                                help_text="Why it takes the place of an earlier one. Everybody can read it.",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.CharField(max_length=64, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="coproduce.decision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-decided_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("introduction", models.TextField(blank=True)),
                        ("how_it_was_done", models.TextField(blank=True)),
                        ("asked", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "order",
                            models.CharField(
                                choices=[
                                    ("arranged", "As people arranged them"),
                                    ("agreement", "Agreed by most partner groups first"),
                                ],
                                default="arranged",
                                max_length=10,
                            ),
                        ),
                        (
                            "what_changed",
                            models.TextField(
                                blank=True,
                                help_text="A note for the next version, beside what is worked out.",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("by_participant", models.BooleanField(default=False)),
                        ("act", models.CharField(max_length=40)),
                        (
                            "about",
                            models.CharField(
                                blank=True,
                                help_text="A reference, such as S-K7P4MD.",
                                max_length=60,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("details", models.JSONField(default=dict)),
                        (
                            "for_safeguarding",
                            models.BooleanField(
                                default=False, help_text="Only the safeguarding lead reads it."
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="log",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "undoes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="coproduce.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Idea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "summary",
                            models.TextField(
                                blank=True,
                                help_text="A sentence or two in the organisers' words, for the document.",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="Rises with each change to its name, summary and place.",
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ideas",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaLikeness",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("score", models.FloatField()),
                        ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("different_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "different_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="coproduce.idea",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="coproduce.idea",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("digest", models.CharField(max_length=64)),
                        ("kind", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("summary", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="imports",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="coproduce.importfile",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="JoinSlip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("used_on", models.DateField(blank=True, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="join_slips",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LeftOut",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("vexatious", "Vexatious"),
                                    ("one_person", "About services to one particular person"),
                                    ("identifies", "Somebody could be identified"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="left_out",
                                to="coproduce.annualreport",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("subject", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("how_many", models.PositiveIntegerField(default=0)),
                        ("sent", models.PositiveIntegerField(default=0)),
                        ("form_key", models.CharField(max_length=64, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("tried_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("given_up", models.BooleanField(default=False)),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "address",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="coproduce.address",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="coproduce.letter",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LikenessAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("same", "The same"),
                                    ("partly", "Partly"),
                                    ("different", "Different"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("by_writer", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MapEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("decision", "Decision"), ("service", "Service")],
                                max_length=10,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                help_text="Prefilled from this conversation.",
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="map_entries",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Involvement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("what_matters", "Deciding what matters"),
                                    ("designing", "Designing"),
                                    ("deciding", "Deciding"),
                                    ("delivering", "Delivering"),
                                    ("reviewing", "Reviewing"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("group_key", models.SlugField(max_length=40)),
                        ("group_label", models.CharField(max_length=80)),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("not", "Not involved"),
                                    ("coercion", "Coercion"),
                                    ("educating", "Educating"),
                                    ("informing", "Informing"),
                                    ("consultation", "Consultation"),
                                    ("engagement", "Engagement"),
                                    ("co_design", "Co-design"),
                                    ("co_production", "Co-production"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="involvements",
                                to="coproduce.mapentry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MergeLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("by_writer", models.BooleanField(default=False)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("cut_at", models.DateTimeField(blank=True, null=True)),
                        ("cut_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="merge_links",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "cut_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PairSuggestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("may_disagree", models.BooleanField(default=False)),
                        ("score", models.FloatField()),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pair_suggestions",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Participant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("membership", models.PositiveIntegerField(default=0)),
                        (
                            "whose_words",
                            models.CharField(
                                choices=[
                                    ("own", "My own words"),
                                    ("helper_typed", "My own words. A helper types them for me"),
                                    ("symbols", "I use symbols or photos"),
                                    (
                                        "observation",
                                        "I am an adult. I say what I have seen of a child",
                                    ),
                                    ("speaks_for", "I am an adult. I speak for a child"),
                                    ("paper", "Typed in from paper"),
                                ],
                                default="own",
                                max_length=20,
                            ),
                        ),
                        (
                            "came_by",
                            models.CharField(
                                choices=[
                                    ("link", "open link"),
                                    ("join_code", "join code"),
                                    ("slip", "join slip"),
                                    ("paper", "paper slip"),
                                    ("import", "imported"),
                                    ("example", "example"),
                                ],
                                default="link",
                                max_length=10,
                            ),
                        ),
                        ("joined_on", models.DateField(default=django.utils.timezone.localdate)),
                        (
                            "finished_at",
                            models.DateTimeField(
                                blank=True, help_text="A child sees totals from here on.", null=True
                            ),
                        ),
                        (
                            "left_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the person withdrew everything.",
                                null=True,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.area",
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperSlip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper_slips",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper_slips",
                                to="coproduce.participant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PartnerGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.SlugField(max_length=40)),
                        ("label", models.CharField(max_length=80)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "bit",
                            models.PositiveSmallIntegerField(
                                help_text="0 to 11: its place in membership masks."
                            ),
                        ),
                        ("is_children", models.BooleanField(default=False)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partner_groups",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("ref", models.CharField(max_length=12, unique=True)),
                        ("what", models.TextField()),
                        (
                            "owner",
                            models.CharField(
                                help_text="Who does it: a person’s post or a body.", max_length=200
                            ),
                        ),
                        ("due_on", models.DateField()),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("open", "Under way"),
                                    ("said_done", "Said to be done, not confirmed yet"),
                                    ("done", "Done: confirmed by people it matters to"),
                                    ("disputed", "Said to be done, and people say it is not"),
                                    ("stopped", "Stopped"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("form_key", models.CharField(max_length=64, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="actions",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="actions",
                                to="coproduce.decision",
                            ),
                        ),
                        (
                            "owner_group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.partnergroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PendingFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("content", models.BinaryField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pending_files",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PhaseChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("phases", models.JSONField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="phase_changes",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("placed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="placements",
                                to="coproduce.idea",
                            ),
                        ),
                        (
                            "placed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PrivateCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="coproduce.participant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ProducedFile",
                    fields=[
                        (
                            "production",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="file",
                                serialize=False,
                                to="coproduce.production",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=100)),
                        ("content", models.BinaryField()),
                    ],
                ),
                migrations.AddField(
                    model_name="production",
                    name="report",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="productions",
                        to="coproduce.annualreport",
                    ),
                ),
                migrations.CreateModel(
                    name="PublicCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("about", models.CharField(max_length=80)),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("shown", models.JSONField(default=dict)),
                        ("memory", models.JSONField(default=dict)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="public_counts",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("material", models.TextField(blank=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="coproduce.conversation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("ref", models.CharField(max_length=12, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("words", "In people's words"),
                                    ("wording", "Combined wording"),
                                    ("raised", "A question people raised"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("question_text", models.CharField(blank=True, max_length=300)),
                        ("idea_name", models.CharField(blank=True, max_length=200)),
                        ("position", models.PositiveIntegerField()),
                        (
                            "text",
                            models.TextField(
                                blank=True,
                                help_text="A combined wording. Own words stand in sources.",
                            ),
                        ),
                        ("figure", models.JSONField(default=dict)),
                        ("room_marks", models.PositiveIntegerField(default=0)),
                        (
                            "idea",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                to="coproduce.idea",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                to="coproduce.question",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.AddField(
                    model_name="idea",
                    name="question",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="coproduce.question",
                    ),
                ),
                migrations.CreateModel(
                    name="Reason",
                    fields=[
                        (
                            "words",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reason",
                                serialize=False,
                                to="coproduce.words",
                            ),
                        ),
                        (
                            "answer",
                            models.SmallIntegerField(
                                choices=[(1, "I agree"), (-1, "I don’t agree"), (0, "I’m not sure")]
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "words",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="statement",
                                serialize=False,
                                to="coproduce.words",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("person", "A person"),
                                    ("collective", "People in a room, together"),
                                    ("unknown", "Not known"),
                                ],
                                default="person",
                                max_length=10,
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                    ],
                ),
                migrations.CreateModel(
                    name="WordsText",
                    fields=[
                        (
                            "words",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="kept_text",
                                serialize=False,
                                to="coproduce.words",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("salt", models.CharField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name="WorrySign",
                    fields=[
                        (
                            "words",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="worry_sign",
                                serialize=False,
                                to="coproduce.words",
                            ),
                        ),
                        ("worries", models.BooleanField()),
                        ("by", models.CharField(max_length=80)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.AddField(
                    model_name="words",
                    name="participant",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="words",
                        to="coproduce.participant",
                    ),
                ),
                migrations.CreateModel(
                    name="RaisedQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True,
                                help_text="When it was raised in a room, not by a person.",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="raised_questions",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "words",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="raised_question",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PassageSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("position", models.PositiveIntegerField()),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=False, help_text="The line shows these words."
                            ),
                        ),
                        ("room_marks", models.PositiveIntegerField(default=0)),
                        (
                            "passage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="coproduce.passage",
                            ),
                        ),
                        (
                            "words",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="passages",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Masking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("spans", models.JSONField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "words",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="maskings",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Look",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("shown", "Show"),
                                    ("held", "Hold"),
                                    ("not_shown", "Do not show"),
                                    ("set_apart", "Worried about someone's safety"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("names_someone", "It says who somebody is"),
                                    ("hurtful", "It is hurtful to somebody"),
                                    ("not_about_this", "It is about something else"),
                                    ("not_words", "There is nothing in it to read"),
                                    ("other", "Another reason, which we say"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="What the writer is told, in the team's words.",
                                max_length=500,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "words",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="concern",
                    name="words",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concern",
                        to="coproduce.words",
                    ),
                ),
                migrations.CreateModel(
                    name="CheckIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("visit", "At the end of a visit"),
                                    ("decision", "After a decision"),
                                    ("yearly", "Once a year"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("child_wording", models.BooleanField(default=False)),
                        (
                            "promised_rung",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("informing", "Informing: we tell you"),
                                    ("consultation", "Consultation: we ask you, then we decide"),
                                    ("engagement", "Engagement: you help us think, and we decide"),
                                    ("co_design", "Co-design: we design it together"),
                                    (
                                        "co_production",
                                        "Co-production: we decide and do it together",
                                    ),
                                ],
                                help_text="What the organiser promised when it was offered.",
                                max_length=20,
                            ),
                        ),
                        (
                            "felt_rung",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("coercion", "Coercion: we decide, and you go along with it"),
                                    ("educating", "Educating: we teach you how things are done"),
                                    ("informing", "Informing: we tell you"),
                                    ("consultation", "Consultation: we ask you, then we decide"),
                                    ("engagement", "Engagement: you help us think, and we decide"),
                                    ("co_design", "Co-design: we design it together"),
                                    (
                                        "co_production",
                                        "Co-production: we decide and do it together",
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_ins",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_ins",
                                to="coproduce.decision",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_ins",
                                to="coproduce.participant",
                            ),
                        ),
                        (
                            "words",
                            models.OneToOneField(
                                help_text="A note in their own words, looked at like all words.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="check_in",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ActionCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("confirms", models.BooleanField()),
                        (
                            "counts_for",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="The partner groups for which “done” counted when it was said, as a mask.",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="coproduce.action",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="action_checks",
                                to="coproduce.participant",
                            ),
                        ),
                        (
                            "words",
                            models.OneToOneField(
                                help_text="Why not: words of the kind dispute.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="action_check",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("ref", models.CharField(max_length=12, unique=True)),
                        ("text", models.TextField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "why_corrected",
                            models.TextField(
                                blank=True,
                                help_text="Why it takes the place of an earlier one. Everybody can read it.",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.CharField(max_length=64, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="replies",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="coproduce.reply",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Response",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "first_answer",
                            models.SmallIntegerField(
                                choices=[(1, "I agree"), (-1, "I don’t agree"), (0, "I’m not sure")]
                            ),
                        ),
                        (
                            "answer",
                            models.SmallIntegerField(
                                choices=[(1, "I agree"), (-1, "I don’t agree"), (0, "I’m not sure")]
                            ),
                        ),
                        ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "settles",
                            models.BooleanField(
                                default=False,
                                help_text="The latest answer was asked of the whole cluster again.",
                            ),
                        ),
                        (
                            "by_writing",
                            models.BooleanField(
                                default=False, help_text="Counted because they wrote it."
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responses",
                                to="coproduce.participant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RestsOn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "review_since",
                            models.DateTimeField(
                                blank=True,
                                help_text="Words that it rested on were withdrawn: look again.",
                                null=True,
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rests_on",
                                to="coproduce.action",
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rests_on",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rests_on",
                                to="coproduce.decision",
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="coproduce.idea",
                            ),
                        ),
                        (
                            "passage",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="coproduce.passage",
                            ),
                        ),
                        (
                            "reply",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rests_on",
                                to="coproduce.reply",
                            ),
                        ),
                        (
                            "words",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RoomMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("count", models.PositiveIntegerField()),
                        ("source", models.CharField(max_length=200)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="room_marks",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="room_marks",
                                to="coproduce.idea",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignInLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_in_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Skip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="skips",
                                to="coproduce.participant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="StatementTag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "tag",
                            models.CharField(
                                choices=[
                                    ("works_well", "This works well: keep it"),
                                    (
                                        "offer_content",
                                        "The Local Offer: what is in it, how good, and gaps",
                                    ),
                                    (
                                        "offer_access",
                                        "The Local Offer: how easy the information is to get and read",
                                    ),
                                    (
                                        "offer_made",
                                        "The Local Offer: how it was made, and how people were involved",
                                    ),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("membership", models.PositiveIntegerField()),
                        ("agree", models.PositiveIntegerField(default=0)),
                        ("disagree", models.PositiveIntegerField(default=0)),
                        ("not_sure", models.PositiveIntegerField(default=0)),
                        ("mixed", models.PositiveIntegerField(default=0)),
                        (
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tallies",
                                to="coproduce.cluster",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TeamMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="team",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "partner_group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="team_members",
                                to="coproduce.partnergroup",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RoleGrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("organiser", "Organiser"),
                                    ("facilitator", "Facilitator"),
                                    ("safeguarding", "Safeguarding lead"),
                                    ("specialist", "Specialist"),
                                    ("decision_maker", "Decision maker"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("granted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "granted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles_granted",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grants",
                                to="coproduce.teammember",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="reply",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coproduce.teammember",
                    ),
                ),
                migrations.CreateModel(
                    name="QuestionAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("ref", models.CharField(max_length=12, unique=True)),
                        ("text", models.TextField()),
                        (
                            "answered_by",
                            models.CharField(help_text="The post of who answers.", max_length=200),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "why_corrected",
                            models.TextField(
                                blank=True,
                                help_text="Why it takes the place of an earlier one. Everybody can read it.",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("form_key", models.CharField(max_length=64, null=True)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="question_answers",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="coproduce.questionanswer",
                            ),
                        ),
                        (
                            "questions",
                            models.ManyToManyField(
                                related_name="answers", to="coproduce.raisedquestion"
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.teammember",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at", "-pk"],
                    },
                ),
                migrations.AddField(
                    model_name="letter",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coproduce.teammember",
                    ),
                ),
                migrations.CreateModel(
                    name="KeyTurn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("open", "Open the conversation"),
                                    ("change_scope", "Change what it states"),
                                    ("publish", "Publish a version"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("details", models.JSONField(default=dict)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("second_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=200)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="key_turns",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "first_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="first_keys",
                                to="coproduce.teammember",
                            ),
                        ),
                        (
                            "second_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_keys",
                                to="coproduce.teammember",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["first_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("will", "We will"),
                                    ("doing", "We are doing it"),
                                    ("try", "We will try it and tell you"),
                                    ("done", "Done"),
                                    ("partly", "Partly"),
                                    ("cannot", "We can’t, and we say why"),
                                    ("not_ours", "Not ours to decide. We passed it on"),
                                    ("not_yet", "Not yet"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("passed_to", models.CharField(blank=True, max_length=200)),
                        ("by_when", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="coproduce.decision",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.teammember",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="decision",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coproduce.teammember",
                    ),
                ),
                migrations.CreateModel(
                    name="ActionStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("progress", "How it goes"),
                                    ("new_date", "A new date"),
                                    ("said_done", "Said to be done"),
                                    ("stopped", "Stopped"),
                                    ("reopened", "Taken up again"),
                                    ("corrected", "Corrected"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "link",
                            models.URLField(
                                blank=True, help_text="Where the evidence can be seen."
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "earlier_what",
                            models.TextField(
                                blank=True,
                                help_text="Corrected: what would be done before. Empty: the same as after.",
                            ),
                        ),
                        (
                            "earlier_owner",
                            models.CharField(
                                blank=True,
                                help_text="Corrected: who did it before. Empty: the same.",
                                max_length=200,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "action",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="coproduce.action",
                            ),
                        ),
                        (
                            "earlier_owner_group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.partnergroup",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.teammember",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="action",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coproduce.teammember",
                    ),
                ),
                migrations.CreateModel(
                    name="Theme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ThemeIdea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="theme_ideas",
                                to="coproduce.idea",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="theme_ideas",
                                to="coproduce.theme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("what_changed", models.TextField(blank=True)),
                        ("frozen", models.JSONField()),
                        (
                            "counted",
                            models.JSONField(
                                default=dict,
                                help_text="Exact numbers behind the rounded ones, to know when these may move. Not shown.",
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "first_key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.teammember",
                            ),
                        ),
                        (
                            "second_key",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.teammember",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.AddField(
                    model_name="production",
                    name="version",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="productions",
                        to="coproduce.version",
                    ),
                ),
                migrations.AddField(
                    model_name="passage",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="coproduce.version",
                    ),
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "words",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="withdrawal",
                                to="coproduce.words",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Wording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "review_since",
                            models.DateTimeField(
                                blank=True,
                                help_text="Words that it rested on were withdrawn: look again.",
                                null=True,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wordings",
                                to="coproduce.conversation",
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wordings",
                                to="coproduce.idea",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="coproduce.wording",
                            ),
                        ),
                    ],
                ),
                migrations.AddField(
                    model_name="passage",
                    name="wording",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        to="coproduce.wording",
                    ),
                ),
                migrations.CreateModel(
                    name="LineAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("not_quite", "Not quite"),
                                    ("not_sure", "I’m not sure"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("as_writer", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="line_answers",
                                to="coproduce.participant",
                            ),
                        ),
                        (
                            "words",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="line_answer",
                                to="coproduce.words",
                            ),
                        ),
                        (
                            "wording",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="line_answers",
                                to="coproduce.wording",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DisputeStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("reworded", "Worded again"),
                                    ("split", "Split: their words stand on their own"),
                                    ("stands", "It stays, and the dispute is shown"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "line_answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="coproduce.lineanswer",
                            ),
                        ),
                        (
                            "wording",
                            models.ForeignKey(
                                help_text="The wording that took its place.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="coproduce.wording",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WrongCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("whence", models.CharField(max_length=32)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["at", "whence"], name="recent_wrong_codes")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Benchmark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("partner_group", "Partner group"), ("area", "Area")],
                                max_length=15,
                            ),
                        ),
                        ("key", models.SlugField(max_length=40)),
                        ("people", models.PositiveIntegerField()),
                        ("source", models.CharField(max_length=200)),
                        ("as_of", models.DateField()),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="coproduce.benchmarkfile",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "kind", "key"), name="a_benchmark_stands_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckInAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "asked",
                            models.CharField(
                                choices=[
                                    ("space", "Space"),
                                    ("voice", "Voice"),
                                    ("own_view", "Own view"),
                                    ("audience", "Audience"),
                                    ("influence", "Influence"),
                                    ("already_decided", "Had it already been decided?"),
                                    ("welcome", "Welcome and care"),
                                    ("value", "Value and include"),
                                    ("communicate", "Communicate"),
                                    ("partnership", "Work in partnership"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes"),
                                    ("a_bit", "A bit"),
                                    ("no", "No"),
                                    ("not_sure", "I don’t know"),
                                    ("rather_not", "I don’t want to say"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "check_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="coproduce.checkin",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("check_in", "asked"), name="a_check_in_asks_once"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="area",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "key"), name="an_area_is_listed_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="address",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "digest"), name="an_address_is_kept_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="entry",
                    index=models.Index(fields=["conversation", "-at"], name="log_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="idealikeness",
                    constraint=models.UniqueConstraint(
                        fields=("first", "second"), name="two_ideas_are_likened_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importfile",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "digest"), name="a_file_comes_in_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrow",
                    constraint=models.UniqueConstraint(
                        fields=("file", "number"), name="a_row_comes_in_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joinslip",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "number"), name="slips_are_numbered"
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("given_up", False), ("sent_at", None)),
                        fields=["due_at"],
                        name="deliveries_that_wait",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.UniqueConstraint(
                        fields=("letter", "address"), name="a_letter_goes_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="involvement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("entry", "stage", "group_key"),
                        name="one_involvement_per_stage_and_group",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="paperslip",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "number"), name="paper_slips_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partnergroup",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "key"), name="a_partner_group_is_invited_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partnergroup",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "bit"), name="a_partner_group_has_its_own_bit"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partnergroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("bit__lt", 12)), name="at_most_12_groups"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="publiccount",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "about"), name="a_public_count_is_kept_once"
                    ),
                ),
                migrations.CreateModel(
                    name="SentenceVector",
                    fields=[
                        (
                            "statement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="vector",
                                serialize=False,
                                to="coproduce.statement",
                            ),
                        ),
                        ("model", models.CharField(max_length=60)),
                        ("values", models.BinaryField()),
                    ],
                ),
                migrations.AddField(
                    model_name="wording",
                    name="rests_on",
                    field=models.ManyToManyField(related_name="wordings", to="coproduce.statement"),
                ),
                migrations.AddField(
                    model_name="statementtag",
                    name="statement",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="statement",
                    name="cluster",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="coproduce.cluster",
                    ),
                ),
                migrations.AddField(
                    model_name="statement",
                    name="conversation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="coproduce.conversation",
                    ),
                ),
                migrations.AddField(
                    model_name="statement",
                    name="import_row",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements",
                        to="coproduce.importrow",
                    ),
                ),
                migrations.AddField(
                    model_name="statement",
                    name="question",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="coproduce.question",
                    ),
                ),
                migrations.AddField(
                    model_name="skip",
                    name="statement",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="roommark",
                    name="statement",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="room_marks",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="response",
                    name="statement",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responses",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="reason",
                    name="statement",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="placement",
                    name="statement",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="pairsuggestion",
                    name="first",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="pairsuggestion",
                    name="second",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="mergelink",
                    name="first",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="mergelink",
                    name="second",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_in",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="likenessanswer",
                    name="first",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="likenessanswer",
                    name="second",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="leftout",
                    name="statement",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddField(
                    model_name="cluster",
                    name="listed",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="coproduce.statement",
                    ),
                ),
                migrations.AddIndex(
                    model_name="words",
                    index=models.Index(
                        fields=["conversation", "standing", "given_at"], name="words_queue"
                    ),
                ),
                migrations.AddIndex(
                    model_name="words",
                    index=models.Index(fields=["participant", "kind"], name="words_of_person"),
                ),
                migrations.AddConstraint(
                    model_name="words",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "form_key"), name="a_form_is_kept_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="checkin",
                    index=models.Index(
                        fields=["conversation", "occasion"], name="check_ins_by_occasion"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="actioncheck",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("action", "participant"),
                        name="one_check_per_person_and_action",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restson",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action", None), ("decision__isnull", False), ("reply", None)
                            ),
                            models.Q(
                                ("action__isnull", False), ("decision", None), ("reply", None)
                            ),
                            models.Q(
                                ("action", None), ("decision", None), ("reply__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="it_is_one_thing_that_rests",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restson",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("idea", None), ("passage__isnull", False), ("words", None)),
                            models.Q(("idea__isnull", False), ("passage", None), ("words", None)),
                            models.Q(("idea", None), ("passage", None), ("words__isnull", False)),
                            _connector="OR",
                        ),
                        name="it_rests_on_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tally",
                    constraint=models.UniqueConstraint(
                        fields=("cluster", "membership"),
                        name="one_tally_per_cluster_and_membership",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="teammember",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "account"), name="one_membership_per_account"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("member", "role"),
                        name="a_role_is_held_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reply",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "form_key"), name="a_reply_form_is_kept_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="questionanswer",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "form_key"), name="an_answer_form_is_kept_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "form_key"), name="a_letter_form_is_kept_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="decision",
                    index=models.Index(fields=["-decided_on", "-id"], name="decisions_by_day"),
                ),
                migrations.AddConstraint(
                    model_name="decision",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "form_key"), name="a_decision_form_is_kept_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="action",
                    index=models.Index(
                        fields=["conversation", "standing", "due_on"], name="actions_by_day"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="action",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "form_key"), name="an_action_form_is_kept_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="themeidea",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("theme", "idea"),
                        name="an_idea_stands_once_in_a_theme",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(
                        fields=("conversation", "number"), name="versions_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="production",
                    constraint=models.UniqueConstraint(
                        fields=("kind", "fingerprint"), name="a_file_is_made_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lineanswer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("wording", "participant"),
                        name="one_answer_per_person_and_wording",
                    ),
                ),
                migrations.AddIndex(
                    model_name="statementtag",
                    index=models.Index(
                        condition=models.Q(("lifted_at", None)),
                        fields=["tag"],
                        name="what_has_a_tag",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="statementtag",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("statement", "tag"),
                        name="a_statement_has_a_tag_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="skip",
                    constraint=models.UniqueConstraint(
                        fields=("participant", "statement"), name="skipped_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="roommark",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("idea__isnull", False), ("statement", None)),
                            models.Q(("idea", None), ("statement__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_room_mark_belongs_to_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.UniqueConstraint(
                        fields=("participant", "statement"),
                        name="one_answer_per_person_and_statement",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answer__in", [-1, 0, 1])),
                        name="an_answer_is_one_of_three",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="placement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("idea", "statement"),
                        name="a_statement_stands_once_in_an_idea",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairsuggestion",
                    constraint=models.UniqueConstraint(
                        fields=("first", "second"), name="a_pair_is_suggested_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mergelink",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cut_at", None)),
                        fields=("first", "second"),
                        name="two_statements_are_linked_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leftout",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("report", "statement"),
                        name="a_comment_is_left_out_once",
                    ),
                ),
            ]
        )
    ]
