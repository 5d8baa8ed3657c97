// One download.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/server/rpcs.h"
#include "core/server/transfers.h"

namespace kalends::server {

// Deletes itself when gRPC is done with it. `Response` is a oneof of a header and `data`.
template <typename Response>
class DownloadStream final : public grpc::ServerWriteReactor<Response> {
 public:
  // Opens what is asked for and fills the first message; on a worker.
  using Begin = std::function<absl::StatusOr<DownloadPlan>(const Calls::Call&, Response*)>;

  DownloadStream(Transfers& transfers, const StreamCall& stream, Begin begin)
      : transfers_(transfers),
        begin_(std::move(begin)),
        context_(stream.context),
        call_(stream.call),
        // A status would wait behind the bytes that nobody takes.
        wait_(transfers.idle(), transfers.paces().file,
              [context = stream.context] { context->TryCancel(); }) {
    const absl::Status status = Open();
    if (!status.ok()) {
      End(status);
      return;
    }
    transfers_.workers().Post([this] {
      const absl::Status begun = Start();
      if (begun.ok()) {
        StartNext();
      } else {
        End(begun);
      }
    });
  }

  void OnWriteDone(bool ok) override {
    if (!wait_.End(message_.ByteSizeLong())) {
      End(wait_.Why());
    } else if (!ok) {
      End(absl::CancelledError("the download was broken off"));
    } else {
      transfers_.workers().Post([this] { Next(); });
    }
  }

  void OnDone() override { delete this; }

 private:
  absl::Status Open() {
    // What is on the wire ends first: OnWriteDone comes.
    auto opened = transfers_.calls().OpenStream(
        call_, context_, [this](const absl::Status& why) { wait_.Stop(why); });
    if (!opened.ok()) return opened.status();
    opened_ = *std::move(opened);
    return absl::OkStatus();
  }

  // The place comes after the plan, which says whose share it is: of a token, the account's that it
  // was made for. No more files are open for that than there are workers.
  absl::Status Start() {
    absl::StatusOr<DownloadPlan> plan = begin_(call_, &message_);
    if (!plan.ok()) return plan.status();
    opened_->Watch(app::StreamOfFile(plan->file.blob));
    if (plan->account) opened_->Watch(app::StreamOf(*plan->account));
    if (absl::Status there = transfers_.CheckStillThere(call_, *plan); !there.ok()) return there;
    auto place = transfers_.PlaceForDownload(call_, *context_, plan->account,
                                             transfers_.HolderOf(opened_, wait_));
    if (!place.ok()) return place.status();
    place_ = *std::move(place);
    plan_ = *std::move(plan);
    return absl::OkStatus();
  }

  void StartNext() {
    const absl::Status begun = wait_.Begin([this] { this->StartWrite(&message_); });
    if (!begun.ok()) End(begun);
  }

  void Next() {
    absl::StatusOr<std::string> chunk = transfers_.ReadNext(*plan_);
    if (!chunk.ok() || chunk->empty()) {
      End(chunk.status());
      return;
    }
    message_.set_data(*std::move(chunk));
    StartNext();
  }

  void End(const absl::Status& status) {
    plan_.reset();
    place_.reset();
    this->Finish(Calls::EndStream(call_, opened_, status));
  }

  Transfers& transfers_;
  Begin begin_;
  const Calls::Context* const context_;
  const Calls::Call call_;
  IdleWait wait_;
  Transfers::Place place_;
  Response message_;
  std::optional<DownloadPlan> plan_;
  Calls::StreamPlace opened_;  // Last, so that it goes first: its end uses all of the above.
};

}  // namespace kalends::server
