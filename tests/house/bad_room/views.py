"""A page of remarks."""

from django.http import HttpRequest, HttpResponse

from varna.learning.models import Remark


def remarks(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Remark.objects.count()))
