// Files as other programs write them, and what becomes of them.
#include "tools/kalends/imports/sources.h"

#include <gmock/gmock.h>

namespace kalends::cli {
namespace {

using core::AppointmentStatus;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Reader = absl::Status (*)(const SourceFile&, const SourceOptions&, Records&);

Records Read(Reader reader, std::string_view text, const SourceOptions& options = {}) {
  Records records;
  const absl::Status status = reader({"f", text}, options, records);
  EXPECT_TRUE(status.ok()) << status;
  return records;
}

std::string Text(core::Instant instant) { return WriteInstant(core::ToUnixSeconds(instant)); }

const SourceOptions kMine{
    .provider = "providers/p", .time_zone = "Europe/Berlin", .currency = "EUR"};

TEST(OwnCsv, AppointmentsNameTheirCustomerAndSayWhatIsWrongWhere) {
  const Records records = Read(ReadAppointments,
                               "Nr;Kunde;Kundenname;E-Mail;Beginn;Dauer;Status;Preis\n"
                               "1;;Ada;ada@example.com;02.03.2026 10:00;50;storniert;80,00\n"
                               "2;7;;;29.03.2026 02:30;50;;\n"
                               "3;7;;;02.03.2026 10:00;;;\n"
                               "4;7;;;02.03.2026 10:00;50;vielleicht;\n"
                               "5;7;;;02.03.2026 10:00;50;;viel\n"
                               "6;;;;02.03.2026 10:00;50;;\n",
                               kMine);
  ASSERT_THAT(records.appointments, SizeIs(1));
  const AppointmentRecord& one = records.appointments[0];
  EXPECT_EQ(one.id, "1");
  EXPECT_EQ(one.customer, "ada@example.com");
  EXPECT_EQ(Text(one.interval.start), "2026-03-02T09:00:00Z");
  EXPECT_EQ(Text(one.interval.end), "2026-03-02T09:50:00Z");
  EXPECT_EQ(one.status, AppointmentStatus::kCancelled);
  EXPECT_EQ(one.price.minor_units, 8000);
  EXPECT_EQ(one.provider, "providers/p");
  ASSERT_THAT(records.customers, SizeIs(1));
  EXPECT_EQ(records.customers[0].name, "Ada");
  ASSERT_THAT(records.refused, SizeIs(5));
  const char* const kColumns[] = {"Beginn", "end", "Status", "Preis", "Kunde"};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(records.refused[i].where.line, static_cast<int>(i) + 3);
    EXPECT_EQ(records.refused[i].where.column, kColumns[i]);
  }
  EXPECT_THAT(records.refused[0].why, HasSubstr("skipped"));
}

TEST(OwnCsv, KeepsHowToReachACustomerInTheNote) {
  const Records records =
      Read(ReadCustomers,
           "id,first name,last name,email,phone,telegram\n7,Ada,Lovelace,a@b.c,+44,4711\n", kMine);
  ASSERT_THAT(records.customers, SizeIs(1));
  EXPECT_EQ(records.customers[0].name, "Ada Lovelace");
  EXPECT_EQ(records.customers[0].identity, "telegram:4711");
  EXPECT_EQ(records.customers[0].note, "E-mail: a@b.c\nPhone: +44");
}

TEST(OwnCsv, ServicesAndProviders) {
  const Records records =
      Read(ReadServices, "id,name,minutes,price,currency,specialists\n1,Massage,50,12.5,€,a | b\n",
           kMine);
  ASSERT_THAT(records.services, SizeIs(1));
  EXPECT_EQ(records.services[0].price.minor_units, 1250);
  EXPECT_THAT(records.services[0].specialists, testing::ElementsAre("a", "b"));
  const Records people =
      Read(ReadProviders, "id,name,kind\nx,Praxis,organization\ny,Mia,robot\n", kMine);
  ASSERT_THAT(people.providers, SizeIs(1));
  EXPECT_TRUE(people.providers[0].is_organization);
  EXPECT_THAT(people.refused, SizeIs(1));
}

TEST(OwnCsv, RefusesALineWithMoreCellsThanTheHeader) {
  const Records records = Read(ReadCustomers, "id,name\n1,Weber, Mia\n", kMine);
  EXPECT_THAT(records.customers, IsEmpty());
  EXPECT_THAT(records.refused, SizeIs(1));
}

// Of version 1.4 and up: zones by user, a status, `is_unavailability`.
constexpr std::string_view kDump = R"(-- MariaDB dump
CREATE TABLE `ea_users` (`id` int(11), `first_name` varchar(256), `last_name` varchar(512),
  `email` varchar(512), `phone_number` varchar(128), `zip_code` varchar(64), `city` varchar(256),
  `timezone` varchar(256), `language` varchar(256), `id_roles` int(11), PRIMARY KEY (`id`));
INSERT INTO `ea_users` VALUES
(1,'Root','Admin','r@x.y','','','','UTC','english',1),
(2,'Mia','Weber','m@x.y','','','','Europe/Berlin','german',2),
(3,'Sam','Ng','s@x.y','','','','America/New_York','english',2),
(4,'Ada','O\'Hara','ada@x.y','+49 30 1','10115','Berlin','UTC','english',3);
INSERT INTO `ea_roles` (`id`,`slug`) VALUES (1,'admin'),(2,'provider'),(3,'customer');
INSERT INTO `ea_settings` (`id`,`name`,`value`) VALUES (1,'company_name','Praxis am Park');
INSERT INTO `ea_services` (`id`,`name`,`duration`,`price`,`currency`,`attendants_number`) VALUES
(5,'Massage',50,'80.00','Euro',1);
INSERT INTO `ea_services_providers` (`id_users`,`id_services`) VALUES (2,5),(3,5);
INSERT INTO `ea_appointments` (`id`,`book_datetime`,`start_datetime`,`end_datetime`,`notes`,
 `is_unavailability`,`id_users_provider`,`id_users_customer`,`id_services`,`status`) VALUES
(10,'2026-02-01 08:00:00','2026-03-02 10:00:00','2026-03-02 10:50:00','Knie',0,2,4,5,'Booked'),
(11,'2026-02-01 08:00:00','2026-03-02 10:00:00','2026-03-02 10:50:00',NULL,0,3,4,5,'Cancelled'),
(12,'2026-02-01 08:00:00','2026-03-29 02:30:00','2026-03-29 03:20:00',NULL,0,2,4,5,''),
(13,'2026-02-01 08:00:00','2026-03-03 10:00:00','2026-03-03 12:00:00','Urlaub',1,2,NULL,NULL,''),
(14,'2026-02-01 08:00:00','2026-10-25 02:30:00','2026-10-25 03:20:00',NULL,0,2,4,5,'VIP');
)";

TEST(EasyAppointments, SeveralProvidersAreTheStaffOfTheCompany) {
  const Records records = Read(ReadEasyAppointments, kDump, {.currency = "EUR"});
  ASSERT_THAT(records.providers, SizeIs(3));
  EXPECT_EQ(records.providers[0].name, "Praxis am Park");
  EXPECT_TRUE(records.providers[0].is_organization);
  EXPECT_EQ(records.providers[1].organization, "company");
  ASSERT_THAT(records.customers, SizeIs(1));
  EXPECT_EQ(records.customers[0].name, "Ada O'Hara");
  EXPECT_EQ(records.customers[0].note, "E-mail: ada@x.y\nPhone: +49 30 1\nAddress: 10115, Berlin");
  ASSERT_THAT(records.services, SizeIs(1));
  EXPECT_EQ(records.services[0].price.currency_code, "EUR");
  EXPECT_THAT(records.services[0].specialists, testing::ElementsAre("2", "3"));
}

TEST(EasyAppointments, TimesAreThoseOfTheProvidersClock) {
  const Records records = Read(ReadEasyAppointments, kDump, {.currency = "EUR"});
  ASSERT_THAT(records.appointments, SizeIs(3));
  EXPECT_EQ(Text(records.appointments[0].interval.start), "2026-03-02T09:00:00Z");
  EXPECT_EQ(Text(*records.appointments[0].created), "2026-02-01T07:00:00Z");
  EXPECT_EQ(records.appointments[0].price.minor_units, 8000);
  EXPECT_EQ(records.appointments[0].note, "Knie");
  EXPECT_EQ(Text(records.appointments[1].interval.start), "2026-03-02T15:00:00Z");
  EXPECT_EQ(records.appointments[1].status, AppointmentStatus::kCancelled);
  // What the clock skipped, and what is none, is told.
  ASSERT_THAT(records.refused, SizeIs(2));
  EXPECT_THAT(records.refused[0].why, HasSubstr("skipped"));
  EXPECT_EQ(records.refused[0].where.column, "start_datetime");
  EXPECT_THAT(records.refused[1].why, HasSubstr("absence"));
  // So is what was shown twice, a status of their own, and who has no part.
  EXPECT_THAT(records.noted, SizeIs(3));
}

TEST(EasyAppointments, OfBeforeZonesOneProviderTakesTheZoneSaid) {
  constexpr std::string_view kOld =
      "CREATE TABLE `users` (`id` int, `first_name` text, `last_name` text, `id_roles` int);\n"
      "INSERT INTO `users` VALUES (2,'Mia','Weber',2),(4,'Ada','Ng',3);\n"
      "INSERT INTO `services` (`id`,`name`,`duration`) VALUES (5,'Massage',50);\n"
      "INSERT INTO `appointments` (`id`,`start_datetime`,`end_datetime`,`is_unavailable`,"
      "`id_users_provider`,`id_users_customer`,`id_services`) VALUES "
      "(10,'2014-07-02 10:00:00','2014-07-02 10:50:00',0,2,4,5);\n";
  const Records records = Read(ReadEasyAppointments, kOld, {.time_zone = "Europe/Athens"});
  ASSERT_THAT(records.providers, SizeIs(1));
  EXPECT_FALSE(records.providers[0].is_organization);
  ASSERT_THAT(records.appointments, SizeIs(1));
  EXPECT_EQ(records.appointments[0].provider, "2");
  EXPECT_EQ(Text(records.appointments[0].interval.start), "2014-07-02T07:00:00Z");
}

TEST(EasyAppointments, RefusesAnotherDumpAndSeveralProvidersInOneCalendar) {
  Records records;
  EXPECT_FALSE(ReadEasyAppointments({"f", "INSERT INTO `x` VALUES (1);"}, {}, records).ok());
  EXPECT_FALSE(ReadEasyAppointments({"f", kDump}, kMine, records).ok());
}

TEST(CalCom, OneBookingALine) {
  const Records records =
      Read(ReadCalCom,
           "id,uid,title,createdAt,timeStatus,eventTypeId,eventLength,startTime,endTime,paid,"
           "userEmail,userUsername,noShowGuests,attendee1,attendeePhone1,attendee2\n"
           "1,u1,30min between Mia and Ada,2026-02-01T08:00:00.000Z,completed,9,30,"
           "2026-03-02T09:00:00.000Z,2026-03-02T09:30:00.000Z,false,m@x.y,mia,"
           "Ada Ng (ada@x.y),Ada Ng (ada@x.y),+491,Bob (bob@x.y)\n"
           "2,u2,30min between Mia and Ada,2026-02-01T08:00:00.000Z,rescheduled,9,30,"
           "2026-03-03T09:00:00.000Z,2026-03-03T09:30:00.000Z,false,m@x.y,mia,,Ada Ng (ada@x.y),,\n"
           "3,u3,30min,2026-02-01T08:00:00.000Z,uncompleted,9,30,"
           "2036-03-03T09:00:00.000Z,2036-03-03T09:30:00.000Z,false,m@x.y,mia,,,,\n",
           {.time_zone = "Europe/Berlin"});
  ASSERT_THAT(records.appointments, SizeIs(2));
  EXPECT_EQ(records.appointments[0].id, "u1");
  EXPECT_EQ(records.appointments[0].status, AppointmentStatus::kMissed);
  EXPECT_EQ(records.appointments[0].note, "With: Bob (bob@x.y)");
  EXPECT_EQ(records.appointments[1].status, AppointmentStatus::kCancelled);
  ASSERT_THAT(records.services, SizeIs(1));
  EXPECT_EQ(records.services[0].name, "30min");
  ASSERT_THAT(records.customers, SizeIs(1));
  EXPECT_EQ(records.customers[0].name, "Ada Ng");
  ASSERT_THAT(records.providers, SizeIs(1));
  EXPECT_THAT(records.refused, SizeIs(1));  // Nobody to be with.
}

TEST(Calendar, EntriesAreAppointmentsAndWhatIsNoneIsTold) {
  const Records records = Read(
      ReadCalendar,
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
      "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Europe/Berlin:20260302T100000\r\nDURATION:PT50M\r\n"
      "ATTENDEE;CN=Ada Ng:mailto:ada@x.y\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:20260302T110000\r\nDTEND:20260302T113000\r\n"
      "SUMMARY:Bob\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:c\r\nDTSTART;VALUE=DATE:20260303\r\nSUMMARY:Off\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:d\r\nDTSTART:20260304T110000Z\r\nDTEND:20260304T113000Z\r\n"
      "RRULE:FREQ=WEEKLY\r\nSUMMARY:Eva\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n",
      kMine);
  ASSERT_THAT(records.appointments, SizeIs(2));
  EXPECT_EQ(Text(records.appointments[0].interval.end), "2026-03-02T09:50:00Z");
  EXPECT_EQ(records.appointments[0].status, AppointmentStatus::kCancelled);
  EXPECT_EQ(Text(records.appointments[1].interval.start), "2026-03-02T10:00:00Z");
  ASSERT_THAT(records.customers, SizeIs(2));
  EXPECT_EQ(records.customers[0].name, "Ada Ng");
  EXPECT_THAT(records.refused, SizeIs(2));
}

}  // namespace
}  // namespace kalends::cli
