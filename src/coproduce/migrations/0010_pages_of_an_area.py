from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes for pages that read across the conversations of an area."""

    dependencies: ClassVar = [("coproduce", "0009_felt_rungs")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="action",
            index=models.Index(
                fields=["conversation", "standing", "due_on"], name="actions_by_day"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["-decided_on", "-id"], name="decisions_by_day"),
        ),
        migrations.AddIndex(
            model_name="statementtag",
            index=models.Index(
                fields=["tag"], condition=models.Q(lifted_at=None), name="what_has_a_tag"
            ),
        ),
    ]
