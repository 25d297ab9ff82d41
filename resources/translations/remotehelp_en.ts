<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>CodePage</name>
    <message numerus="yes">
        <source>Good for %n more minute(s)</source>
        <translation>
            <numerusform>Good for %n more minute</numerusform>
            <numerusform>Good for %n more minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SideColumn</name>
    <message numerus="yes">
        <source>Chat (%n new)</source>
        <translation>
            <numerusform>Chat (%n new)</numerusform>
            <numerusform>Chat (%n new)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message numerus="yes">
        <source>Here now: %n person(s)</source>
        <translation>
            <numerusform>Here now: %n person</numerusform>
            <numerusform>Here now: %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitingColumn</name>
    <message numerus="yes">
        <source>%n more wait</source>
        <translation>
            <numerusform>%n more waits</numerusform>
            <numerusform>%n more wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message numerus="yes">
        <source>%n person(s) before you</source>
        <translation>
            <numerusform>%n person before you</numerusform>
            <numerusform>%n people before you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Helpers who are free now: %n</source>
        <translation>
            <numerusform>Helpers who are free now: %n</numerusform>
            <numerusform>Helpers who are free now: %n</numerusform>
        </translation>
    </message>
</context>
</TS>
