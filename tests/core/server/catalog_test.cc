// The service catalog over the wire: its order, and what is archived and offered again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Catalogs = v1::CatalogService::Stub;
using testing::ElementsAre;

class CatalogTest : public testing::Test {
 protected:
  std::string Create(const std::string& display_name) const {
    v1::CreateServiceRequest request;
    request.set_parent(practice_.provider);
    request.mutable_service()->set_display_name(display_name);
    request.mutable_service()->mutable_duration()->set_seconds(3600);
    return practice_.specialist.Must(&Catalogs::CreateService, request).name();
  }
  std::vector<std::string> Listed(const Client& client) const {
    v1::ListServicesRequest request;
    request.set_parent(practice_.provider);
    std::vector<std::string> names;
    const auto answer = client.Must(&Catalogs::ListServices, request);
    for (const auto& service : answer.services()) {
      if (service.name() != practice_.service) names.push_back(service.display_name());
    }
    return names;
  }
  v1::MoveServiceRequest Moving(const std::string& name, int places) const {
    v1::MoveServiceRequest request;
    request.set_name(name);
    request.set_places(places);
    return request;
  }
  v1::Service Archive(const std::string& name) const {
    v1::ArchiveServiceRequest request;
    request.set_name(name);
    return practice_.specialist.Must(&Catalogs::ArchiveService, request);
  }
  v1::Service Unarchive(const std::string& name) const {
    v1::UnarchiveServiceRequest request;
    request.set_name(name);
    return practice_.specialist.Must(&Catalogs::UnarchiveService, request);
  }

  TestServer server_;
  Practice practice_{server_};
};

TEST_F(CatalogTest, AMovedServiceIsElsewhereForAllAndNewOnesComeLast) {
  const std::string a = Create("A"), b = Create("B"), c = Create("C");
  EXPECT_THAT(Listed(practice_.customer), ElementsAre("A", "B", "C"));
  practice_.specialist.Must(&Catalogs::MoveService, Moving(c, -1));
  EXPECT_THAT(Listed(practice_.customer), ElementsAre("A", "C", "B"));
  practice_.specialist.Must(&Catalogs::MoveService, Moving(a, 200));
  Create("D");
  EXPECT_THAT(Listed(practice_.customer), ElementsAre("C", "B", "A", "D"));
  practice_.specialist.Must(&Catalogs::MoveService, Moving(b, -1));
  EXPECT_THAT(Listed(practice_.customer), ElementsAre("B", "C", "A", "D"));
}

TEST_F(CatalogTest, AMoveIsCountedInTheEtagsOfThoseItMoved) {
  const std::string a = Create("A"), b = Create("B");
  v1::GetServiceRequest get;
  get.set_name(b);
  const auto before = practice_.specialist.Must(&Catalogs::GetService, get);
  const auto moved = practice_.specialist.Must(&Catalogs::MoveService, Moving(b, -1));
  EXPECT_NE(moved.etag(), before.etag());
  EXPECT_EQ(moved.etag(), practice_.specialist.Must(&Catalogs::GetService, get).etag());
}

TEST_F(CatalogTest, AMoveIsRefusedThatIsNone) {
  const std::string a = Create("A");
  EXPECT_EQ(practice_.specialist.Try(&Catalogs::MoveService, Moving(a, 0)), "INVALID_FIELD");
  EXPECT_EQ(practice_.specialist.Try(&Catalogs::MoveService, Moving(a, 201)), "INVALID_FIELD");
  Archive(a);
  EXPECT_EQ(practice_.specialist.Try(&Catalogs::MoveService, Moving(a, 1)), "SERVICE_ARCHIVED");
}

TEST_F(CatalogTest, AnArchivedServiceIsOfferedAgainAsItWasWithItsAppointments) {
  const auto appointment = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  const auto archived = Archive(practice_.service);
  EXPECT_TRUE(archived.archived());
  auto again = Unarchive(practice_.service);
  EXPECT_FALSE(again.archived());
  EXPECT_EQ(Unarchive(practice_.service).etag(), again.etag()) << "twice changes nothing";
  again.set_archived(true);
  again.set_etag(archived.etag());
  EXPECT_EQ(again.SerializeAsString(), archived.SerializeAsString());
  v1::GetAppointmentRequest get;
  get.set_name(appointment.name());
  EXPECT_EQ(practice_.customer.Must(&v1::BookingService::Stub::GetAppointment, get).service(),
            practice_.service);
  EXPECT_EQ(practice_.MustRequest(At("2026-03-03T12:00:00Z")).service(), practice_.service);
}

}  // namespace
}  // namespace kalends::test
