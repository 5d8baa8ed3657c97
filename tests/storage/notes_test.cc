#include "storage/notes.h"

#include "storage/links.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

TEST(Notes, ComeBackAsTheyWereWrittenLast) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertLink(tx, kCarla, kAda, kNow);
    InsertAppointment(tx, SampleAppointment(200, kNow));
  });
  const core::LinkKey adas{kCarla, kAda};
  const core::AppointmentId appointment{200};
  EXPECT_EQ(store.Read([&](Transaction& tx) { return FindNote(tx, adas); }).version, 0);
  EXPECT_FALSE(store.Read([&](Transaction& tx) { return FindNote(tx, appointment); }).written);
  for (const core::PrivateNote& note :
       {core::PrivateNote{"sealed", kNow, 1}, core::PrivateNote{"", kNow + core::Minutes(1), 2}}) {
    store.Write([&](Transaction& tx) {
      PutNote(tx, adas, note);
      PutNote(tx, appointment, note);
    });
    for (const auto& found :
         {store.Read([&](Transaction& tx) { return FindNote(tx, adas); }),
          store.Read([&](Transaction& tx) { return FindNote(tx, appointment); })}) {
      EXPECT_EQ(found.text, note.text);
      EXPECT_EQ(found.written, note.written);
      EXPECT_EQ(found.version, note.version);
    }
  }
}

TEST(Notes, ThoseOnCustomersAreListedInPagesWithoutTheEmptyOnes) {
  Store store;
  store.Write([](Transaction& tx) {
    PutNote(tx, core::LinkKey{kCarla, kAda}, {"sealed", kNow, 1});
    PutNote(tx, core::LinkKey{kCarla, kBen}, {"sealed", kNow, 1});
    PutNote(tx, core::LinkKey{kCarla, kDanAccount}, {"", kNow, 2});
    PutNote(tx, core::LinkKey{kDan, kAda}, {"sealed", kNow, 1});
  });
  const auto noted = [&](core::AccountId after, int limit) {
    return store.Read([&](Transaction& tx) { return NotedCustomers(tx, kCarla, after, limit); });
  };
  EXPECT_EQ(noted({-1}, 9), (std::vector{kAda, kBen}));
  EXPECT_EQ(noted({-1}, 1), std::vector{kAda});
  EXPECT_EQ(noted(kAda, 9), std::vector{kBen});
}

}  // namespace
}  // namespace kalends::storage
