#!/usr/bin/env python3
"""Books the first free time of a service. Usage: book.py CORE KEY_FILE ACCOUNT PROVIDER SERVICE

Needs python3-grpcio, and the contract's messages in PYTHONPATH:
protoc --python_out=DIR -I proto proto/kalends/v1/*.proto
"""
import datetime
import sys
import uuid

import grpc
from kalends.v1 import booking_service_pb2 as booking

core, key_file, account, provider, service = sys.argv[1:]
channel = grpc.insecure_channel(core)
headers = [("authorization", "Bearer " + open(key_file).read().strip()), ("kalends-account", account)]


def call(method, request, answer):
    path = "/kalends.v1.BookingService/" + method
    method = channel.unary_unary(path, type(request).SerializeToString, answer.FromString)
    return method(request, metadata=headers, timeout=30)


slots = booking.ListSlotsRequest(parent=provider, service=service)
for bound, days in ((slots.start_date, 0), (slots.end_date, 60)):
    day = datetime.date.today() + datetime.timedelta(days)
    bound.year, bound.month, bound.day = day.year, day.month, day.day
first = call("ListSlots", slots, booking.ListSlotsResponse).days[0].start_times_s[0]
request = booking.RequestAppointmentRequest(parent=provider, request_id=str(uuid.uuid4()))
request.appointment.service = service
request.appointment.start_time.seconds = first
print(call("RequestAppointment", request, booking.Appointment).name)
