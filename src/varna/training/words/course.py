"""The self-study that comes with Värna: ten minutes, three parts. Our own words."""

from django.utils.translation import gettext_lazy as _

from varna.training.rules import Option, Part, Question


TITLE = _("Safe as an elected official: ten minutes")
TEXT = _(
    "Three short parts, to detect, to prevent and to handle, with a few questions after each. You "
    "can stop when you like and go on later with the same link."
)

DETECT = Part(
    title=_("Detect"),
    paragraphs=(
        _(
            "Unlawful influence is when somebody tries to steer what you decide, say or work with "
            "by other means than arguments. Sharp criticism belongs to democracy. Threats do not."
        ),
        _(
            "It can be harassment: a flood of messages, crude insults, being followed or filmed to "
            "make you yield. It can be threats, spoken or hinted, against you or somebody you care "
            "about. It can be violence, against people or things. And it can be friendly: gifts, "
            "favours or a promise, if you only vote the right way."
        ),
        _(
            "What counts is that you perceive the purpose as influence. It need not be a crime, "
            "and you need not be sure. Most of it comes through social media, and much of it is "
            "never reported: many think that it is part of the assignment. It is not."
        ),
    ),
    advice=(
        _("Notice a pattern: more often, new channels, closer to home."),
        _("Notice a condition: “if you vote for this …”."),
        _("Notice yourself: do you avoid a question, a meeting or a street because of somebody?"),
    ),
    questions=(
        Question(
            key="friendly",
            text=_(
                "A contractor offers you a weekend in the mountains just before a decision. Is "
                "that unlawful influence?"
            ),
            options=(
                Option(
                    _("No, nobody has threatened me"),
                    right=False,
                    because=_(
                        "It is easy to think so, but an undue offer wants the same thing as a "
                        "threat: to steer the decision. Say no, and tell the municipality."
                    ),
                ),
                Option(
                    _("Yes, an undue offer is one of its forms"),
                    right=True,
                    because=_("Yes. Say no, and tell the municipality about it."),
                ),
                Option(
                    _("Only if I say yes"),
                    right=False,
                    because=_(
                        "Saying yes makes it worse, but the offer is an attempt already. It should "
                        "be told."
                    ),
                ),
            ),
        ),
        Question(
            key="sure",
            text=_("You are not sure if what you have received is serious. What do you do?"),
            options=(
                Option(
                    _("Wait until I am sure"),
                    right=False,
                    because=_(
                        "That is what most people do, and so patterns are seen late. You do not "
                        "have to judge how serious it is; others help you with that."
                    ),
                ),
                Option(
                    _("Tell, and let others help me judge"),
                    right=True,
                    because=_("Yes. You tell what happened; how serious it is is judged together."),
                ),
                Option(
                    _("Answer the sender and ask what was meant"),
                    right=False,
                    because=_(
                        "An answer often leads to more. Save what has come, and tell the "
                        "municipality first."
                    ),
                ),
            ),
        ),
    ),
)

PREVENT = Part(
    title=_("Prevent"),
    paragraphs=(
        _(
            "You do not have to live in fear to be prepared. A few habits take away most of what "
            "makes you easy to reach where you do not want to be reached."
        ),
        _(
            "Keep the assignment and your home apart: the municipality's address and telephone in "
            "lists and on the web, not your own. Look up yourself and see what a stranger finds. "
            "Use two steps to sign in wherever it can be done. Agree with your family what they "
            "tell, and what they post."
        ),
        _(
            "Before a meeting that may become tense: tell whoever plans it, so that entrance, "
            "seats and a way out are thought of. Do not go home alone afterwards. In a debate, a "
            "calm tone protects both you and the next speaker."
        ),
    ),
    advice=(
        _("Know whom to call before you need to: save the number."),
        _(
            "Say early if a matter is becoming infected. Your board can look at its agenda for "
            "risks."
        ),
        _("Whoever has particular reasons can be given protected personal details; ask us."),
    ),
    questions=(
        Question(
            key="address",
            text=_("Which contact details belong in the public list of elected officials?"),
            options=(
                Option(
                    _("The municipality's own address and telephone number"),
                    right=True,
                    because=_("Yes. People can reach you, but not your home."),
                ),
                Option(
                    _("My home address, so that people can reach me"),
                    right=False,
                    because=_(
                        "It is good to be easy to reach, but it can be done through the "
                        "municipality, and then your home stays your own."
                    ),
                ),
            ),
        ),
        Question(
            key="meeting",
            text=_("Tomorrow's meeting is about something that has upset many. What is wise?"),
            options=(
                Option(
                    _("Go there early and deal with what comes"),
                    right=False,
                    because=_(
                        "You should not have to solve it alone. Whoever plans the meeting can do "
                        "much beforehand, if they know."
                    ),
                ),
                Option(
                    _("Tell whoever plans the meeting, so that safety is thought of"),
                    right=True,
                    because=_("Yes. Entrance, seats, a way out and company home can be arranged."),
                ),
                Option(
                    _("Stay at home and say that I am ill"),
                    right=False,
                    because=_(
                        "If you are worried you may of course stay away, but tell why. If we do "
                        "not know, nobody can help, and the one who wanted to silence you succeeds."
                    ),
                ),
            ),
        ),
    ),
)

HANDLE = Part(
    title=_("Handle"),
    paragraphs=(
        _(
            "If it is happening now and somebody is in danger: call 112 first. Everything else can "
            "wait."
        ),
        _(
            "Then tell somebody. Report it to the municipality, in Värna or by telephone: also "
            "what seems small, and also if it concerned your family. You get a named handler, who "
            "judges the situation with you and decides on support. You do not have to tell it "
            "twice."
        ),
        _(
            "Save everything: messages with their addresses and times, letters touched as little "
            "as possible, what a caller said word for word. Do not delete because it feels bad; "
            "let somebody else keep it for you."
        ),
        _(
            "What may be a crime is reported to the police, on 114 14 or at a station. Say that "
            "you are an elected official: it matters for who investigates and for the penalty. You "
            "need not know whether it is a crime, and others can report it for you."
        ),
    ),
    advice=(
        _("Danger now: 112. Otherwise the police are on 114 14."),
        _("Tell the municipality, always. One report can be the piece that shows a pattern."),
        _("Say yes to support. A talk afterwards is not a sign of weakness."),
    ),
    questions=(
        Question(
            key="now",
            text=_("Somebody bangs on your door in the evening and shouts threats. What first?"),
            options=(
                Option(
                    _("Report it in Värna"),
                    right=False,
                    because=_("That too, but afterwards. When it is happening now, call 112."),
                ),
                Option(
                    _("Call 112"),
                    right=True,
                    because=_("Yes. Get to safety and call 112; the rest can wait."),
                ),
                Option(
                    _("Film it and post it"),
                    right=False,
                    because=_(
                        "A recording can be evidence if it can be made safely, but posting it "
                        "makes things worse. Call 112 first."
                    ),
                ),
            ),
        ),
        Question(
            key="save",
            text=_("You have received a hateful message in social media. What do you do with it?"),
            options=(
                Option(
                    _("Delete it and block the sender"),
                    right=False,
                    because=_(
                        "You may want to be rid of it, but what is deleted is lost as evidence. "
                        "Save it first, with address and time; then you can block."
                    ),
                ),
                Option(
                    _("Save it with address and time, and report it"),
                    right=True,
                    because=_("Yes. Then you can block the sender, if you like."),
                ),
            ),
        ),
        Question(
            key="police",
            text=_("Who can make a report to the police?"),
            options=(
                Option(
                    _("Only I who was exposed"),
                    right=False,
                    because=_(
                        "You can, but you need not. A colleague, the municipality or anybody who "
                        "knows of it can report too."
                    ),
                ),
                Option(
                    _("I, a colleague or the municipality"),
                    right=True,
                    because=_("Yes. Say that it concerns an elected official."),
                ),
            ),
        ),
    ),
)

PARTS = (DETECT, PREVENT, HANDLE)
