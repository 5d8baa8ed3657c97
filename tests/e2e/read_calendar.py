"""Reads a calendar from its input with the package icalendar, and the zones from the calendar alone.

Prints an array of {uid, sequence, status, start, summary, alarms} in JSON; `start` in Unix seconds.
"""
import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}


def unix(prop):
    zone = zones.get(prop.params.get("TZID"))
    time = prop.dt if zone is None else zone.localize(prop.dt.replace(tzinfo=None))
    return int(time.timestamp())


json.dump(
    [
        {
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "start": unix(event["DTSTART"]),
            "summary": str(event["SUMMARY"]),
            "alarms": len(event.walk("VALARM")),
        }
        for event in calendar.walk("VEVENT")
    ],
    sys.stdout,
)
