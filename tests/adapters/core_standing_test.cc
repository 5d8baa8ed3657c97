// What lasts is told once, whoever meets it, and a key that was never good ends the program.
#include "adapters/shared/core_standing.h"

#include <gtest/gtest.h>

#include "kalends/v1/errors.pb.h"
#include "tests/support/log_capture.h"

namespace kalends {
namespace {

using grpc::StatusCode;

grpc::Status Said(StatusCode code, const std::string& reason) {
  v1::ErrorInfo info;
  info.set_reason(reason);
  v1::RpcStatus details;
  auto& any = *details.add_details();
  any.set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  any.set_value(info.SerializeAsString());
  return {code, "a sentence", details.SerializeAsString()};
}

const grpc::Status kAway(StatusCode::UNAVAILABLE, "connection refused");
const grpc::Status kLate(StatusCode::DEADLINE_EXCEEDED, "");
const grpc::Status kRevoked = Said(StatusCode::UNAUTHENTICATED, "UNKNOWN_KEY");

TEST(CoreStanding, TellsTroubleFromRefusalsOfWhatWasAskedFor) {
  EXPECT_EQ(TroubleOf(kAway), CoreTrouble::kAway);
  EXPECT_EQ(TroubleOf(kLate), CoreTrouble::kAway);
  EXPECT_EQ(TroubleOf(kRevoked), CoreTrouble::kRefused);
  EXPECT_EQ(TroubleOf(Said(StatusCode::PERMISSION_DENIED, "SCOPE_MISSING")), CoreTrouble::kRefused);
  for (const grpc::Status& status :
       {grpc::Status::OK, grpc::Status::CANCELLED, Said(StatusCode::UNAVAILABLE, "BUSY"),
        Said(StatusCode::NOT_FOUND, "NOT_FOUND"),
        Said(StatusCode::PERMISSION_DENIED, "PROVIDER_ONLY")}) {
    EXPECT_EQ(TroubleOf(status), CoreTrouble::kNone) << status.error_message();
  }
}

TEST(CoreStanding, IsToldOnceWhenTroubleBeginsAndOnceWhenItIsOver) {
  const test::LogCapture log;
  CoreStanding standing("core:1", "adapter");
  for (int i = 0; i < 3; ++i) {
    for (const grpc::Status& status : {kAway, kLate}) {
      standing.Note(status);
      WarnOf("not said", status);
    }
    standing.Note(grpc::Status::CANCELLED);  // Ours: it says nothing about the core.
  }
  standing.Note(Said(StatusCode::NOT_FOUND, "NOT_FOUND"));
  standing.Note(grpc::Status::OK);
  standing.Note(kLate);  // It began before.
  standing.Note(grpc::Status::OK);
  EXPECT_EQ(log.Text(),
            "error the core at core:1 cannot be reached; trying again until it can\n"
            "info the core at core:1 answers again\n");
}

TEST(CoreStanding, ARefusedKeyIsToldWithWhatToDo) {
  const test::LogCapture log;
  CoreStanding standing("core:1", "web");
  standing.Note(kRevoked);
  standing.Note(kRevoked);
  EXPECT_EQ(standing.trouble(), CoreTrouble::kRefused);
  EXPECT_EQ(
      log.Text(),
      "error the core at core:1 refuses our API key (UNKNOWN_KEY): make one with `kalends key "
      "create --scope web --label NAME --out FILE --core core:1 --admin-key-file "
      "DATA-DIR/admin.key`, put it where --api-key-file says, and start again\n");
}

TEST(CoreStanding, TellsWhyTheCoreIsAwayWhereThatIsKnown) {
  const test::LogCapture log;
  std::string why = "its certificate is over";
  int asked = 0;
  {
    CoreStanding standing("core:1", "web", nullptr, [&] {
      ++asked;
      return why;
    });
    standing.Note(kAway);
    standing.Note(kAway);
  }
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(log.Text(),
            "error the core at core:1 cannot be reached; trying again until it can\n"
            "error the core at core:1 cannot be reached: its certificate is over\n");
}

TEST(CoreStanding, OnlyAKeyThatWasNeverGoodEndsTheProgram) {
  int ends = 0;
  CoreStanding never("core:1", "web", [&] { ++ends; });
  never.Note(kAway);
  EXPECT_EQ(ends, 0);
  never.Note(kRevoked);
  EXPECT_EQ(ends, 1);
  CoreStanding once("core:1", "web", [&] { ++ends; });
  once.Note(grpc::Status::OK);
  once.Note(kRevoked);
  EXPECT_EQ(ends, 1);
}

}  // namespace
}  // namespace kalends
