// Who gives way to newcomers, and what counts as one and the same guest.
#include "adapters/shared/waiting_room.h"

#include <gtest/gtest.h>

#include "adapters/shared/peer_network.h"

namespace kalends {
namespace {

TEST(WaitingRoom, WhoWaitsLongestOfTheFullestNetworkGivesWay) {
  int guests[5] = {};
  WaitingRoom<int> room;
  EXPECT_EQ(room.FirstToGo(), nullptr);
  room.Enter(&guests[0], "modest");
  room.Enter(&guests[1], "greedy");
  room.Enter(&guests[2], "greedy");
  room.Enter(&guests[3], "greedy");
  EXPECT_EQ(room.size(), 4U);
  EXPECT_EQ(room.FirstToGo(), &guests[1]);
  room.Enter(&guests[1], "greedy");  // It has been served, and waits anew.
  EXPECT_EQ(room.size(), 4U);
  EXPECT_EQ(room.FirstToGo(), &guests[2]);
  for (int i = 1; i < 4; ++i) room.Leave(&guests[i]);
  EXPECT_EQ(room.FirstToGo(), &guests[0]);
  room.Leave(&guests[4]);  // Was never here.
  room.Leave(&guests[0]);
  EXPECT_EQ(room.FirstToGo(), nullptr);
  EXPECT_EQ(room.size(), 0U);
}

TEST(NetworkOf, IsWhatOneGuestHas) {
  const struct {
    const char* address;
    const char* network;
  } kCases[] = {
      {"192.0.2.7", "192.0.2.7"},
      {"::ffff:192.0.2.7", "192.0.2.7"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
      {"2001:db8:1:2::", "2001:db8:1:2::"},
      {"2001:db8:1:3::", "2001:db8:1:3::"},
      {"::1", "::"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(NetworkOf(boost::asio::ip::make_address(c.address)), c.network) << c.address;
  }
}

}  // namespace
}  // namespace kalends
