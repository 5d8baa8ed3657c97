#include "adapters/telegram/cards.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>

#include <mutex>

#include "kalends/v1/notification_service.grpc.pb.h"

namespace kalends::telegram {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kChatOfCards = 7;
constexpr std::int64_t kBotOfCards = 99;
const ShownAppointment kNew{{"0apt000000001"}, 1};
const ShownAppointment kChanged{{"0apt000000001"}, 2};

// A core that notes what it is told of cards.
class CardServer final : public v1::NotificationService::Service {
 public:
  CardServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~CardServer() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(told_, {});
  }
  // The next call fails.
  void FailOnce() {
    const std::lock_guard lock(mutex_);
    fails_ = true;
  }

 private:
  grpc::Status KeepCard(grpc::ServerContext*, const v1::KeepCardRequest* request,
                        v1::KeepCardResponse*) override {
    const v1::Card& card = request->card();
    return Note(card.message() + " shows " + card.appointment() + " " +
                std::to_string(card.revision()));
  }
  grpc::Status DropCard(grpc::ServerContext*, const v1::DropCardRequest* request,
                        v1::DropCardResponse*) override {
    return Note(request->message() + " shows none");
  }
  grpc::Status Note(const std::string& what) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(fails_, false)) return {grpc::StatusCode::UNAVAILABLE, "away"};
    told_.push_back(what);
    return grpc::Status::OK;
  }

  std::mutex mutex_;
  std::vector<std::string> told_;
  bool fails_ = false;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

class CardsOfChat : public testing::Test {
 protected:
  CardServer core_;
  Client client_{core_.address(), "key"};
  Cards cards_{client_, kBotOfCards};
};

TEST_F(CardsOfChat, TellTheCoreWhatIsNewsToIt) {
  cards_.SetNew(kChatOfCards, 5, kNew);
  EXPECT_THAT(core_.Take(), ElementsAre("99:5 shows providers/-/appointments/0apt000000001 1"));
  cards_.Set(kChatOfCards, 5, kNew);
  EXPECT_THAT(core_.Take(), IsEmpty());
  cards_.Set(kChatOfCards, 5, kChanged);
  EXPECT_THAT(core_.Take(), ElementsAre("99:5 shows providers/-/appointments/0apt000000001 2"));
  cards_.Set(kChatOfCards, 5, std::nullopt);
  cards_.Set(kChatOfCards, 5, std::nullopt);
  EXPECT_THAT(core_.Take(), ElementsAre("99:5 shows none"));
}

TEST_F(CardsOfChat, WhatWasJustSentAndShowsNoneIsNoNews) {
  cards_.SetNew(kChatOfCards, 5, std::nullopt);
  cards_.Set(kChatOfCards, 5, std::nullopt);
  EXPECT_THAT(core_.Take(), IsEmpty());
}

TEST_F(CardsOfChat, OfWhatIsNotKnownTheCoreHears) {
  cards_.Set(kChatOfCards, 5, std::nullopt);
  EXPECT_THAT(core_.Take(), ElementsAre("99:5 shows none"));
  EXPECT_FALSE(cards_.Find(kChatOfCards, 6).has_value());
  EXPECT_EQ(cards_.Find(kChatOfCards, 5), std::optional<Shown>(std::in_place));
}

TEST_F(CardsOfChat, WhatTheCoreDidNotHearItHearsTheNextTime) {
  core_.FailOnce();
  cards_.SetNew(kChatOfCards, 5, kNew);
  EXPECT_THAT(core_.Take(), IsEmpty());
  cards_.Set(kChatOfCards, 5, kNew);
  EXPECT_THAT(core_.Take(), ElementsAre("99:5 shows providers/-/appointments/0apt000000001 1"));
}

TEST_F(CardsOfChat, WhatTheCoreDidNotHearItHearsWithTheNextOfAnyChat) {
  core_.FailOnce();
  cards_.SetNew(kChatOfCards, 5, kNew);
  EXPECT_THAT(core_.Take(), IsEmpty());
  cards_.SetNew(kChatOfCards + 1, 6, kChanged);
  EXPECT_THAT(core_.Take(), ElementsAre("99:6 shows providers/-/appointments/0apt000000001 2",
                                        "99:5 shows providers/-/appointments/0apt000000001 1"));
  cards_.SetNew(kChatOfCards + 1, 7, kNew);
  EXPECT_THAT(core_.Take(), ElementsAre("99:7 shows providers/-/appointments/0apt000000001 1"))
      << "once";
}

TEST_F(CardsOfChat, WhatIsExpectedIsToldOnceItHasCome) {
  cards_.SetNew(kChatOfCards, 5, kNew);
  core_.Take();
  cards_.Expect(kChatOfCards, 5, kChanged);
  EXPECT_THAT(core_.Take(), IsEmpty());
  cards_.Confirm(kChatOfCards, 5, kChanged);
  EXPECT_THAT(core_.Take(), ElementsAre("99:5 shows providers/-/appointments/0apt000000001 2"));
}

TEST_F(CardsOfChat, WhatWasDrawnMeanwhileIsNotTakenForWhatWasExpected) {
  cards_.SetNew(kChatOfCards, 5, kNew);
  cards_.Expect(kChatOfCards, 5, kChanged);
  cards_.Set(kChatOfCards, 5, std::nullopt);
  core_.Take();
  cards_.Confirm(kChatOfCards, 5, kChanged);
  EXPECT_THAT(core_.Take(), IsEmpty());
}

TEST_F(CardsOfChat, OfAChatTheLastOnesAreKnown) {
  for (std::int64_t message = 1; message <= 40; ++message) {
    cards_.SetNew(kChatOfCards, message, std::nullopt);
  }
  EXPECT_FALSE(cards_.Find(kChatOfCards, 1).has_value());
  EXPECT_TRUE(cards_.Find(kChatOfCards, 40).has_value());
}

}  // namespace
}  // namespace kalends::telegram
