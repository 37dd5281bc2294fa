"""Accounts and the roles they hold."""

import datetime as dt
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varna.foundation.accounts.rules import Role
from varna.foundation.codes import CodeField
from varna.foundation.tags import Tagged, TaggedQuerySet


ROLE_LABELS = {
    Role.OFFICIAL: _("elected official"),
    Role.HANDLER: _("handler"),
    Role.LEAD: _("lead handler"),
    Role.CONTACT: _("administration's contact"),
    Role.ACCESS_ADMIN: _("access administrator"),
    Role.OPERATOR: _("operator"),
    Role.REGISTRAR: _("registrar"),
    Role.PLAN_OWNER: _("plan owner"),
}


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts for signing in; who may list them is the policy's business."""

    def in_force(self) -> "models.QuerySet[Account]":
        return self.filter(is_active=True)


class Account(Tagged, AbstractBaseUser):
    """Somebody who can sign in. There are no passwords. An address, or whose account it is, that
    was written past Värna gives no role and no person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=200, blank=True)
    person = models.UUIDField(null=True, blank=True, db_index=True)  # in the register
    language = models.CharField(max_length=2, default="sv")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    may_enrol_until = models.DateTimeField(null=True, blank=True)  # a first passkey or app
    sessions_from = models.DateTimeField(null=True, blank=True)  # what began earlier is over

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AccountManager()

    class Meta:
        ordering = ["name"]


class Session(AbstractBaseSession):
    """A session by the hash of its key; what is in it is sealed (sessions.py)."""

    # Whose it is, so that an account's can be listed and ended; a reporter's is nobody's.
    account = models.UUIDField(null=True, db_index=True)


class KeyTag(Tagged):
    """A passkey that was added in Värna: one that was written past it signs nobody in. An app needs
    none: its secret is wrapped for its account.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.PositiveBigIntegerField(unique=True)  # the passkey's row
    account = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=64)  # of what it is recognised by

    unscoped = TaggedQuerySet["KeyTag"].as_manager()


class SentCode(models.Model):
    """The newest code that has been mailed to an account, sealed, and how many were sent lately."""

    account = models.UUIDField(primary_key=True)
    code = models.TextField()
    sent_at = models.DateTimeField()
    since = models.DateTimeField()  # the count's beginning
    count = models.PositiveSmallIntegerField(default=0)
    used = models.CharField(max_length=64, blank=True)  # the hash of the last one used

    objects = models.Manager()


class RoleGrantQuerySet(TaggedQuerySet["RoleGrant"]):
    def in_force(self, at: dt.datetime) -> "RoleGrantQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class RoleGrant(Tagged):
    """A role somebody holds, given by somebody, for a time; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="role_grants")
    role = CodeField(max_length=20, choices=ROLE_LABELS)
    scope = models.UUIDField(null=True, blank=True)  # a contact's body in the register
    on_duty = models.BooleanField(default=True)  # a handler's: takes new reports
    given_by = models.UUIDField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["since"]


class Shift(Tagged):
    """A turn of duty (jourpass): who takes new reports then, and who stands in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField(db_index=True)
    substitute = models.UUIDField(null=True, db_index=True)
    since = models.DateTimeField(db_index=True)
    until = models.DateTimeField()

    unscoped = TaggedQuerySet["Shift"].as_manager()

    class Meta:
        ordering = ["since"]


class PersonChange(Tagged):
    """An account is to be somebody else's in the register: one access administrator has asked for
    it, and another must say the same (security.md §3.1 rule 7).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField(unique=True)
    person = models.UUIDField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()

    unscoped = TaggedQuerySet["PersonChange"].as_manager()
