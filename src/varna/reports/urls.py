"""The public addresses of a report; they say nothing about what is behind them."""

from django.urls import path

from varna.reports import views


app_name = "reports"
urlpatterns = [path("", views.tell, name="tell")]
