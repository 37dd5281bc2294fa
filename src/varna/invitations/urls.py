"""Where an invitation's link leads. The token is the address's only content."""

from django.urls import path

from varna.invitations import views


app_name = "invitations"
urlpatterns = [path("<str:token>/", views.answer, name="answer")]
