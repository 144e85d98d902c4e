"""The words that we explain from the start: (word, what it stands for, what it means)."""

STARTING_SET: tuple[tuple[str, str, str], ...] = (
    (
        "AAC",
        "Augmentative and alternative communication",
        "Ways to say things without speech, or as well as speech. For example signs, symbols, or "
        "a tablet that talks.",
    ),
    (
        "Annual review",
        "",
        "A meeting once a year. It checks if an EHCP still fits the child or young person.",
    ),
    (
        "AP",
        "Alternative provision",
        "Learning in a place that is not the usual school, for a short or a long time.",
    ),
    (
        "CAMHS",
        "Child and adolescent mental health services",
        "The part of the NHS that helps people under 18 with their mental health.",
    ),
    ("CYP", "Children and young people", "Everybody from birth to 25 whom this is about."),
    (
        "DCO",
        "Designated clinical officer",
        "The person who makes sure that health services do their part for children with SEND.",
    ),
    (
        "DSCO",
        "Designated social care officer",
        "The person who makes sure that social care does its part for children with SEND.",
    ),
    (
        "DSL",
        "Designated safeguarding lead",
        "The person in a school or service who is in charge of keeping children safe.",
    ),
    (
        "EBSA",
        "Emotionally based school avoidance",
        "When going to school makes a child so upset or afraid that they cannot go.",
    ),
    (
        "EHCP",
        "Education, health and care plan",
        "A legal plan for a child or young person up to 25. It says what they need and what help "
        "they must get.",
    ),
    (
        "EHCNA",
        "Education, health and care needs assessment",
        "The council finds out what a child needs. After it, there may be an EHCP.",
    ),
    (
        "EHE",
        "Elective home education",
        "A family chooses to teach their child at home.",
    ),
    (
        "EOTAS",
        "Education otherwise than at school",
        "The council sets up learning outside school, because no school is right for the child.",
    ),
    (
        "EP",
        "Educational psychologist",
        "Someone who looks at how a child learns and feels, and says what could help.",
    ),
    (
        "ICB",
        "Integrated care board",
        "The NHS body that plans and pays for health care in an area.",
    ),
    ("LA", "Local authority", "The council."),
    (
        "Local Offer",
        "",
        "A list, kept by the council, of all the help in the area for children with SEND.",
    ),
    (
        "Mediation",
        "",
        "A person who takes no side helps a family and the council to agree, without a tribunal.",
    ),
    (
        "PCF",
        "Parent carer forum",
        "A group of parents and carers that is independent. It speaks with the services in its "
        "area.",
    ),
    (
        "Personal budget",
        "",
        "Money for a child's or young person's help that the family has a say in spending.",
    ),
    (
        "SALT",
        "Speech and language therapy",
        "Help with talking, understanding, and also with eating and drinking.",
    ),
    (
        "SEMH",
        "Social, emotional and mental health needs",
        "When feelings or mental health make learning, or being with others, hard.",
    ),
    (
        "SENCO",
        "Special educational needs co-ordinator",
        "The teacher who leads the help for children with special needs in a school.",
    ),
    (
        "SEND",
        "Special educational needs and disabilities",
        "When a child or young person needs more or other help to learn, or has a disability.",
    ),
    (
        "SENDIASS",
        "SEND information, advice and support service",
        "Free advice about SEND for families and young people. It takes no side.",
    ),
    ("SEN Support", "", "Extra help at school for a child who has no EHCP."),
    (
        "Short breaks",
        "",
        "Time for a child to do something nice, while the family can rest.",
    ),
    (
        "Transition",
        "",
        "Moving to the next stage. For example to a new school, to college or to being an adult.",
    ),
    (
        "Tribunal",
        "",
        "Judges who belong to nobody else. A family can ask them to look at a council's decision "
        "again.",
    ),
    # Words of our own pages.
    (
        "Co-production",
        "",
        "People who use a service and people who run it decide and make it together, from the "
        "start.",
    ),
    ("Conversation", "", "Everything that people say and agree here about one question."),
    (
        "Partner group",
        "",
        "Who people say they are: for example young people, parent carers, schools, or health. "
        "You can be in several, or in none.",
    ),
    (
        "Opinion group",
        "",
        "People who gave similar answers. A computer finds these by counting. It is not who "
        "people are.",
    ),
    ("Statement", "", "Something that a person said here, in their own words."),
    ("Response", "", "An answer to a statement: I agree, I don’t agree, or I’m not sure."),
    ("Challenge", "", "An answer that goes against a statement, with a reason."),
    ("Merge", "", "Statements that say the same are put down once. Nobody’s words are lost."),
    ("Idea", "", "Statements that belong together, under one heading."),
    (
        "Mark",
        "",
        "The star ✱ beside a line. Each one stands for one partner group where more than half of "
        "the people who answered agree. Stars from a meeting were counted in the room.",
    ),
    (
        "Shared understanding",
        "",
        "The page that says what people agree on, what they do not agree on, and what is still "
        "open.",
    ),
    ("Passage", "", "One line of the shared understanding. It rests on statements."),
    (
        "Decision",
        "",
        "What was decided about what people said: what, why, when and by whom. It says which words "
        "it rests on.",
    ),
    (
        "Action",
        "",
        "Something that somebody does by a day. It is done when people whose words it rests on say "
        "so.",
    ),
    ("Reply", "", "What people are told about what they said. One reply may be for many."),
    ("Version", "", "The shared understanding as it was on one day. A version never changes."),
    ("Participant", "", "Someone who takes part in a conversation."),
    (
        "Facilitator",
        "",
        "Someone who looks at new words, and puts together what belongs together.",
    ),
    ("Organiser", "", "Someone who sets a conversation up and runs it."),
)
