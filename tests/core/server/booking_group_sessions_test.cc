// Group sessions over the wire: what they keep while their service changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Booking = v1::BookingService::Stub;
using std::chrono::hours;
using std::chrono::minutes;
using testing::Contains;
using testing::Not;

class GroupSessionTest : public testing::Test {
 protected:
  // Changes `practice_.service`, an hour long and individual at first.
  template <typename Set>
  void Change(const std::string& path, Set set) {
    v1::UpdateServiceRequest update;
    update.mutable_service()->set_name(practice_.service);
    set(*update.mutable_service());
    update.mutable_update_mask()->add_paths(path);
    practice_.specialist.Must(&v1::CatalogService::Stub::UpdateService, update);
  }
  void SetCapacity(int capacity) {
    Change("capacity", [&](v1::Service& service) { service.set_capacity(capacity); });
  }
  void SetDuration(minutes duration) {
    Change("duration", [&](v1::Service& service) {
      service.mutable_duration()->set_seconds(std::chrono::seconds(duration).count());
    });
  }
  void SetBufferBefore(minutes buffer) {
    Change("buffer_before", [&](v1::Service& service) {
      service.mutable_buffer_before()->set_seconds(std::chrono::seconds(buffer).count());
    });
  }

  v1::RequestAppointmentRequest RequestOf(core::Instant start) {
    v1::RequestAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.mutable_appointment()->set_service(practice_.service);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    return request;
  }
  Client NewCustomer() { return practice_.NewCustomer("telegram:" + std::to_string(++customer_)); }
  // Somebody new requests `start`: "OK" or the refusal.
  std::string Ask(core::Instant start) {
    return NewCustomer().Try(&Booking::RequestAppointment, RequestOf(start));
  }
  v1::Appointment Join(core::Instant start) {
    return NewCustomer().Must(&Booking::RequestAppointment, RequestOf(start));
  }
  template <typename Request, typename Method>
  std::string Try(const Client& client, Method method, const std::string& name) {
    Request request;
    request.set_name(name);
    return client.Try(method, request);
  }

  v1::ListSlotsResponse List() { return ListOf(practice_.provider, practice_.service); }
  v1::ListSlotsResponse ListOf(const std::string& provider, const std::string& service) {
    v1::ListSlotsRequest request;
    request.set_parent(provider);
    request.set_service(service);
    for (v1::Date* date : {request.mutable_start_date(), request.mutable_end_date()}) {
      date->set_year(2026);
      date->set_month(3);
      date->set_day(3);
    }
    return practice_.customer.Must(&Booking::ListSlots, request);
  }
  std::vector<std::int64_t> Slots() {
    std::vector<std::int64_t> starts;
    const auto listed = List();
    for (const auto& day : listed.days()) {
      starts.insert(starts.end(), day.start_times_s().begin(), day.start_times_s().end());
    }
    return starts;
  }
  // How long a slot is said to last.
  minutes ListedLength(core::Instant start) { return LengthIn(List(), start); }
  static minutes LengthIn(const v1::ListSlotsResponse& slots, core::Instant start) {
    for (const auto& other : slots.other_lengths()) {
      if (other.start_time_s() == core::ToUnixSeconds(start)) {
        return minutes(other.duration().seconds() / 60);
      }
    }
    return minutes(slots.duration().seconds() / 60);
  }
  static minutes LengthOf(const v1::Appointment& appointment) {
    return minutes((appointment.end_time().seconds() - appointment.start_time().seconds()) / 60);
  }
  std::string Propose(const std::string& name, core::Instant start) {
    v1::ProposeTimesRequest offer;
    offer.set_name(name);
    offer.add_start_times()->set_seconds(core::ToUnixSeconds(start));
    return practice_.specialist.Try(&Booking::ProposeTimes, offer);
  }

  TestServer server_;
  Practice practice_{server_};
  int customer_ = 3000;
  const core::Instant ten_ = At("2026-03-03T09:00:00Z");  // 10:00 in Berlin, a Tuesday.
};

TEST_F(GroupSessionTest, EachOfItKnowsForHowManyItIs) {
  EXPECT_EQ(Join(ten_).session_capacity(), 1);
  SetCapacity(3);
  EXPECT_EQ(Join(ten_ + hours(2)).session_capacity(), 3);
}

TEST_F(GroupSessionTest, EverySlotSaysHowManySeatsAreLeft) {
  EXPECT_EQ(List().days(0).seats_left_size(), 0) << "nothing is left of what is for one alone";
  SetCapacity(3);
  Join(ten_);
  const auto day = List().days(0);
  ASSERT_EQ(day.seats_left_size(), day.start_times_s_size());
  for (int i = 0; i < day.seats_left_size(); ++i) {
    const bool is_session = day.start_times_s(i) == core::ToUnixSeconds(ten_);
    EXPECT_EQ(day.seats_left(i), is_session ? 2 : 3) << i;
  }
  // A session keeps the seats it began with.
  SetCapacity(9);
  const auto grown = List().days(0);
  for (int i = 0; i < grown.seats_left_size(); ++i) {
    const bool is_session = grown.start_times_s(i) == core::ToUnixSeconds(ten_);
    EXPECT_EQ(grown.seats_left(i), is_session ? 2 : 9) << i;
  }
}

TEST_F(GroupSessionTest, TheProviderBooksAndMovesNoMoreThanThereAreSeats) {
  SetCapacity(2);
  v1::GetAccountRequest me;
  me.set_name("accounts/me");
  v1::BookAppointmentRequest book;
  book.set_parent(practice_.provider);
  book.set_service(practice_.service);
  book.set_ignore_hours(true);
  book.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  const auto try_book = [&] {
    book.set_customer(NewCustomer().Must(&v1::AccountService::Stub::GetAccount, me).name());
    return practice_.specialist.Try(&Booking::BookAppointment, book);
  };
  EXPECT_EQ(try_book(), "OK");
  EXPECT_EQ(try_book(), "OK");
  EXPECT_EQ(try_book(), "SLOT_TAKEN");
  // A seat moves alone: into a session with one left, and not into a full one.
  const auto one = Join(ten_ + hours(2));
  const auto other = Join(ten_ + hours(4));
  v1::RescheduleAppointmentRequest move;
  move.set_name(one.name());
  move.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  EXPECT_EQ(practice_.specialist.Try(&Booking::RescheduleAppointment, move), "SLOT_TAKEN");
  *move.mutable_start_time() = other.start_time();
  EXPECT_EQ(practice_.specialist.Must(&Booking::RescheduleAppointment, move).start_time().seconds(),
            other.start_time().seconds());
  EXPECT_EQ(Ask(ten_ + hours(4)), "SLOT_TAKEN");
  EXPECT_EQ(Ask(ten_ + hours(2)), "OK");
}

TEST_F(GroupSessionTest, AnIndividualAppointmentStaysAloneWhenItsServiceBecomesAGroup) {
  const auto alone = practice_.MustRequest(ten_);
  SetCapacity(5);
  EXPECT_THAT(Slots(), Not(Contains(core::ToUnixSeconds(ten_))));
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
  practice_.Accept(alone.name());
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
  // What begins from now on is a group.
  EXPECT_EQ(Ask(ten_ + hours(1)), "OK");
  EXPECT_EQ(Ask(ten_ + hours(1)), "OK");
}

TEST_F(GroupSessionTest, ASessionIsFullAtTheCapacityItBeganWith) {
  SetCapacity(2);
  Join(ten_);
  SetCapacity(5);
  EXPECT_EQ(Ask(ten_), "OK");
  EXPECT_THAT(Slots(), Not(Contains(core::ToUnixSeconds(ten_))));
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");

  const core::Instant noon = ten_ + hours(2);
  for (int i = 0; i < 3; ++i) Join(noon);
  SetCapacity(2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(Slots(), Contains(core::ToUnixSeconds(noon)));
    EXPECT_EQ(Ask(noon), "OK");
  }
  EXPECT_EQ(Ask(noon), "SLOT_TAKEN");
}

TEST_F(GroupSessionTest, WhoJoinsEndsWithTheOthersAndIsToldSoBefore) {
  SetCapacity(3);
  const auto first = Join(ten_);
  Join(ten_ + hours(1));
  SetDuration(minutes(90));
  EXPECT_EQ(ListedLength(ten_), minutes(60));
  EXPECT_EQ(ListedLength(ten_ + hours(3)), minutes(90));
  const auto second = Join(ten_);
  EXPECT_EQ(second.end_time().seconds(), first.end_time().seconds());
  EXPECT_EQ(LengthOf(Join(ten_ + hours(3))), minutes(90));
  SetDuration(minutes(20));
  SetBufferBefore(minutes(15));
  EXPECT_EQ(ListedLength(ten_), minutes(60));
  EXPECT_EQ(Join(ten_).end_time().seconds(), first.end_time().seconds());
}

TEST_F(GroupSessionTest, TheLastSlotOfADayIsJoinedAlsoWhereTheServiceWouldNotFitAnyMore) {
  SetCapacity(3);
  const core::Instant four = At("2026-03-03T15:00:00Z");  // Until 17:00 is worked.
  Join(four);
  SetDuration(minutes(120));
  Change("step", [](v1::Service& service) { service.mutable_step()->set_seconds(45 * 60); });
  EXPECT_THAT(Slots(), Contains(core::ToUnixSeconds(four)));
  EXPECT_EQ(LengthOf(Join(four)), minutes(60));
}

TEST_F(GroupSessionTest, EachHasThePriceOfItsOwnRequest) {
  SetCapacity(3);
  EXPECT_EQ(Join(ten_).price().minor_units(), 8000);
  Change("price", [](v1::Service& service) {
    service.mutable_price()->set_minor_units(9000);
    service.mutable_price()->set_currency_code("EUR");
  });
  EXPECT_EQ(Join(ten_).price().minor_units(), 9000);
}

TEST_F(GroupSessionTest, WhoIsLeftKeepsTheSessionAndAfterTheLastANewOneBegins) {
  SetCapacity(2);
  const auto first = Join(ten_);
  const auto second = Join(ten_);
  SetDuration(minutes(90));
  SetCapacity(4);
  const auto cancel = [&](const v1::Appointment& appointment) {
    return Try<v1::CancelAppointmentRequest>(practice_.specialist, &Booking::CancelAppointment,
                                             appointment.name());
  };
  EXPECT_EQ(cancel(first), "OK");
  const auto third = Join(ten_);
  EXPECT_EQ(LengthOf(third), minutes(60));
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
  EXPECT_EQ(cancel(second), "OK");
  EXPECT_EQ(cancel(third), "OK");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(LengthOf(Join(ten_)), minutes(90));
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
}

TEST_F(GroupSessionTest, MembersAreAcceptedWhateverTheServiceSays) {
  SetCapacity(3);
  std::vector<v1::Appointment> members;
  for (int i = 0; i < 3; ++i) members.push_back(Join(ten_));
  SetCapacity(1);
  SetDuration(minutes(90));
  for (const v1::Appointment& member : members) {
    const auto accepted = practice_.Accept(member.name());
    EXPECT_EQ(accepted.end_time().seconds(), member.end_time().seconds());
  }
}

TEST_F(GroupSessionTest, AProposedTimeLeadsIntoASessionOfTheSameLengthOnly) {
  SetCapacity(2);
  const auto moved = practice_.MustRequest(ten_ + hours(4));
  Join(ten_);
  SetDuration(minutes(90));
  const core::Instant noon = ten_ + hours(2);
  Join(noon);
  EXPECT_EQ(Propose(moved.name(), noon), "SLOT_TAKEN");
  EXPECT_EQ(Propose(moved.name(), ten_), "OK");
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(moved.name());
  choice.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  const auto chosen = practice_.customer.Must(&Booking::ChooseProposedTime, choice);
  EXPECT_EQ(LengthOf(chosen), minutes(60));
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
}

TEST_F(GroupSessionTest, AnIndividualAppointmentIsNotProposedAGroup) {
  const auto alone = practice_.MustRequest(ten_);
  SetCapacity(5);
  Join(ten_ + hours(1));
  EXPECT_EQ(Propose(alone.name(), ten_ + hours(1)), "SLOT_TAKEN");
  // Its own time overlaps, which is no obstacle; the group's does, which is one.
  EXPECT_EQ(Propose(alone.name(), ten_ + minutes(30)), "SLOT_TAKEN");
  EXPECT_EQ(Propose(alone.name(), ten_ - minutes(30)), "OK");
}

TEST_F(GroupSessionTest, ARequestThatGetsItsServiceWhenAcceptedBeginsASession) {
  SetCapacity(2);
  v1::RequestAppointmentRequest request = RequestOf(ten_);
  request.mutable_appointment()->clear_service();
  const auto open = NewCustomer().Must(&Booking::RequestAppointment, request);
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
  SetDuration(minutes(90));
  v1::AcceptAppointmentRequest acceptance;
  acceptance.set_name(open.name());
  acceptance.set_service(practice_.service);
  const auto accepted = practice_.specialist.Must(&Booking::AcceptAppointment, acceptance);
  EXPECT_EQ(LengthOf(accepted), minutes(90));
  SetDuration(minutes(30));
  EXPECT_EQ(LengthOf(Join(ten_)), minutes(90));
  EXPECT_EQ(Ask(ten_), "SLOT_TAKEN");
}

// An organization with two specialists, who both work when `practice_` does.
class SessionsOfStaff : public GroupSessionTest {
 protected:
  SessionsOfStaff() {
    for (const char* identity : {"telegram:1002", "telegram:1003"}) {
      v1::EnsureAccountRequest account;
      account.set_identity(identity);
      account.set_display_name("Person");
      practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
    }
    organization_ = Register(house_, v1::PROVIDER_KIND_ORGANIZATION);
    other_ = Register(colleague_, v1::PROVIDER_KIND_SPECIALIST);
    v1::GetScheduleRequest get;
    get.set_name(practice_.provider + "/schedule");
    const auto schedule = practice_.specialist.Must(&v1::ScheduleService::Stub::GetSchedule, get);
    v1::ChangeWeeklyHoursRequest hours;
    hours.set_name(other_ + "/schedule");
    *hours.mutable_added() = schedule.weekly_hours();
    colleague_.Must(&v1::ScheduleService::Stub::ChangeWeeklyHours, hours);
    Redeem(practice_.specialist, v1::Invitation::KIND_STAFF);
    Redeem(colleague_, v1::Invitation::KIND_STAFF);
    v1::CreateServiceRequest creation;
    creation.set_parent(organization_);
    creation.mutable_service()->set_display_name("Yoga");
    creation.mutable_service()->mutable_duration()->set_seconds(3600);
    creation.mutable_service()->set_capacity(3);
    service_ = house_.Must(&v1::CatalogService::Stub::CreateService, creation).name();
    Redeem(practice_.customer, v1::Invitation::KIND_CUSTOMER);
  }

  static std::string Register(const Client& client, v1::ProviderKind kind) {
    v1::RegisterProviderRequest request;
    request.set_kind(kind);
    request.set_display_name("Praxis");
    request.set_time_zone("Europe/Berlin");
    return client.Must(&v1::AccountService::Stub::RegisterProvider, request).name();
  }
  void Redeem(const Client& client, v1::Invitation::Kind kind) {
    v1::CreateInvitationRequest request;
    request.set_parent(organization_);
    request.mutable_invitation()->set_kind(kind);
    v1::RedeemInvitationRequest redeem;
    redeem.set_code(house_.Must(&v1::InvitationService::Stub::CreateInvitation, request).code());
    client.Must(&v1::InvitationService::Stub::RedeemInvitation, redeem);
  }
  // Of the organization, at whoever can, or at one of its specialists.
  v1::Appointment Request(core::Instant start, const std::string& specialist = "") {
    v1::RequestAppointmentRequest request = RequestOf(start);
    request.set_parent(organization_);
    request.mutable_appointment()->set_service(service_);
    request.mutable_appointment()->set_specialist(specialist);
    return practice_.customer.Must(&Booking::RequestAppointment, request);
  }

  const Client house_{server_, server_.admin_key(), "telegram:1002"};
  const Client colleague_{server_, server_.admin_key(), "telegram:1003"};
  std::string organization_;
  std::string other_;
  std::string service_;
};

TEST_F(SessionsOfStaff, WhoIsChosenHasTheLengthThatIsListed) {
  Request(ten_, practice_.provider);
  v1::UpdateServiceRequest update;
  update.mutable_service()->set_name(service_);
  update.mutable_service()->mutable_duration()->set_seconds(90 * 60);
  update.mutable_update_mask()->add_paths("duration");
  house_.Must(&v1::CatalogService::Stub::UpdateService, update);
  // The colleague begins a session of 90 minutes, although a seat of 60 is left.
  EXPECT_EQ(LengthIn(ListOf(organization_, service_), ten_), minutes(90));
  const auto begun = Request(ten_);
  EXPECT_EQ(begun.specialist(), other_);
  EXPECT_EQ(LengthOf(begun), minutes(90));
  // Where the colleague is closed, the seat is what there is.
  v1::CreateClosureRequest closure;
  closure.set_parent(other_);
  closure.mutable_closure()->mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  closure.mutable_closure()->mutable_end_time()->set_seconds(core::ToUnixSeconds(ten_ + hours(1)));
  colleague_.Must(&v1::ScheduleService::Stub::CreateClosure, closure);
  EXPECT_EQ(LengthIn(ListOf(organization_, service_), ten_), minutes(60));
  const auto joined = Request(ten_);
  EXPECT_EQ(joined.specialist(), practice_.provider);
  EXPECT_EQ(LengthOf(joined), minutes(60));
}

}  // namespace
}  // namespace kalends::test
