#include "storage/catalog.h"

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

core::Service FullService(core::ServiceId id) {
  core::Service service = SampleService(kStudio, id);
  service.description = "Long;\n'quoted' text";
  service.translations = {{"de", {"Dienst", "Lang"}}, {"uk", {"Послуга", ""}}};
  service.rules = {core::Minutes(50), core::Minutes(5),   core::Minutes(10), core::Minutes(15),
                   core::Minutes(60), core::Minutes(900), core::Minutes(30), 7};
  service.payment_link = "https://pay.example/{appointment}";
  service.place = "Room 2";
  service.auto_accept = true;
  service.position = -3;
  service.archived = true;
  service.specialists = {kCarla, kDan};
  return service;
}

TEST(Services, AServiceComesBackAsItWasWritten) {
  Store store;
  core::Service service = FullService({100});
  store.Write([&](Transaction& tx) { InsertService(tx, service); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindService(tx, kStudio, {100}); })),
            Show(service));

  core::Service plain = SampleService(kStudio, {100});
  plain.translations = {{"en", {"Other", ""}}};
  plain.specialists = {kDan};
  plain.version = 2;
  store.Write([&](Transaction& tx) { UpdateService(tx, plain); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindService(tx, kStudio, {100}); })),
            Show(plain));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindService(tx, kCarla, {100}); }));
}

TEST(Services, AreListedByPositionInPagesOfAnySize) {
  Store store;
  store.Write([](Transaction& tx) {
    const int positions[] = {2, 0, 1, 0, 5, -1};
    for (std::int64_t i = 0; i < 6; ++i) {
      core::Service service = SampleService(kDan, {100 + i});
      service.position = positions[i];
      service.archived = i == 2;
      service.translations = {{"de", {service.name, ""}}};
      InsertService(tx, service);
    }
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountServices(tx, kDan); }), 6);
  for (const auto archived : {Archived::kShow, Archived::kHide}) {
    for (int limit = 1; limit <= 7; ++limit) {
      SCOPED_TRACE(limit);
      std::vector<std::int64_t> ids;
      std::optional<ServiceCursor> after;
      while (true) {
        const auto page = store.Read(
            [&](Transaction& tx) { return ListServices(tx, kDan, archived, after, limit); });
        for (const core::Service& service : page) {
          EXPECT_EQ(service.translations.size(), 1U);
          ids.push_back(service.id.value);
        }
        if (page.size() < static_cast<std::size_t>(limit)) break;
        after = {page.back().position, page.back().id};
      }
      EXPECT_EQ(ids, archived == Archived::kShow
                         ? (std::vector<std::int64_t>{105, 101, 103, 102, 100, 104})
                         : (std::vector<std::int64_t>{105, 101, 103, 100, 104}));
    }
  }
}

}  // namespace
}  // namespace kalends::storage
