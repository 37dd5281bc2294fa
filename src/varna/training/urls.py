"""Training's addresses. Those with a token are reached by an invitation's link."""

from django.urls import path

from varna.training.views import arranging, asking, attending, competence, course, invited


app_name = "training"
urlpatterns = [
    path("", arranging.sessions, name="sessions"),
    path("nytt/", arranging.plan, name="plan"),
    path("sjalvstudier/", arranging.open_course, name="open_course"),
    path("heltid/", competence.full_time, name="full_time"),
    path("heltid/<uuid:pk>/", competence.person, name="person"),
    path("intyg/<uuid:pk>/oppna/", competence.note, name="note"),
    path("tillfalle/<uuid:pk>/", arranging.session, name="session"),
    path("tillfalle/<uuid:pk>/andra/", arranging.change, name="change"),
    path("tillfalle/<uuid:pk>/stall-in/", arranging.cancel, name="cancel"),
    path("tillfalle/<uuid:pk>/kalla/", asking.send, name="send"),
    path("tillfalle/<uuid:pk>/kallade/", asking.invited, name="people"),
    path("tillfalle/<uuid:pk>/skicka-igen/", asking.again, name="again"),
    path("tillfalle/<uuid:pk>/narvaro/", attending.attendance, name="attendance"),
    path("kurs/", course.start, name="course"),
    path("kurs/<int:number>/", course.part, name="part"),
    path("kallelse/<str:token>/", invited.invited, name="invited"),
    path("kallelse/<str:token>/intyg/", invited.certificate, name="certificate"),
    path("kallelse/<str:token>/del/<int:number>/", course.invited_part, name="invited_part"),
]
