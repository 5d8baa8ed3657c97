#include "tools/bench/load.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>
#include <latch>
#include <memory>
#include <mutex>

namespace kalends::bench {
namespace {

using Clock = std::chrono::steady_clock;

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToString(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

std::shared_ptr<grpc::Channel> Connect(const LoadOptions& options) {
  grpc::ChannelArguments arguments;
  // Channels of their own: gRPC would share one connection between equal ones.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(options.core, grpc::InsecureChannelCredentials(), arguments);
}

// What all workers share.
struct Run {
  const LoadOptions& options;
  const NextCall& next;
  Clock::time_point end;
  std::latch done;
  std::mutex mutex;
  LoadResult result;
  std::vector<std::int64_t> latencies_ns;
};

// Makes one call after the other until the time is over.
class Worker {
 public:
  Worker(Run& run, int number, std::shared_ptr<grpc::Channel> channel)
      : run_(run), number_(number), stub_(std::move(channel)) {}

  void Start() {
    const Encoded call = run_.next(number_, answer_);
    context_ = std::make_unique<grpc::ClientContext>();
    context_->AddMetadata("authorization", "Bearer " + run_.options.key);
    if (!call.account.empty()) context_->AddMetadata("kalends-account", call.account);
    request_ = ToBuffer(call.request);
    begun_ = Clock::now();
    stub_.UnaryCall(context_.get(), call.method, grpc::StubOptions(), &request_, &response_,
                    [this](const grpc::Status& status) { Finished(status); });
  }

 private:
  void Finished(const grpc::Status& status) {
    latencies_ns_.push_back((Clock::now() - begun_).count());
    answer_.clear();
    if (status.ok()) {
      answer_ = ToString(response_);
    } else {
      ++errors_;
      error_ = status.error_message();
    }
    if (Clock::now() < run_.end) {
      Start();
      return;
    }
    {
      const std::lock_guard lock(run_.mutex);
      run_.latencies_ns.insert(run_.latencies_ns.end(), latencies_ns_.begin(), latencies_ns_.end());
      run_.result.errors += errors_;
      if (!error_.empty()) run_.result.first_error = error_;
    }
    run_.done.count_down();
  }

  Run& run_;
  const int number_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  std::string answer_;
  std::string error_;
  std::int64_t errors_ = 0;
  Clock::time_point begun_;
  std::vector<std::int64_t> latencies_ns_;
};

}  // namespace

LoadResult RunLoad(const LoadOptions& options, const NextCall& next) {
  const auto length =
      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.seconds));
  const Clock::time_point begun = Clock::now();
  Run run{options, next, begun + length, std::latch(options.in_flight), {}, {}, {}};
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  channels.reserve(static_cast<std::size_t>(options.connections));
  for (int i = 0; i < options.connections; ++i) channels.push_back(Connect(options));
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(static_cast<std::size_t>(options.in_flight));
  for (int i = 0; i < options.in_flight; ++i) {
    workers.push_back(
        std::make_unique<Worker>(run, i, channels[static_cast<std::size_t>(i) % channels.size()]));
  }
  for (const auto& worker : workers) worker->Start();
  run.done.wait();
  LoadResult result = run.result;
  result.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  result.calls = static_cast<std::int64_t>(run.latencies_ns.size());
  std::sort(run.latencies_ns.begin(), run.latencies_ns.end());
  const auto quantile = [&](std::size_t percent) {
    return static_cast<double>(run.latencies_ns[(run.latencies_ns.size() - 1) * percent / 100]) /
           1000;
  };
  result.p50_us = quantile(50);
  result.p99_us = quantile(99);
  return result;
}

std::string CallOnce(const LoadOptions& options, const Encoded& call) {
  grpc::GenericStub stub(Connect(options));
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + options.key);
  if (!call.account.empty()) context.AddMetadata("kalends-account", call.account);
  const grpc::ByteBuffer request = ToBuffer(call.request);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> answered;
  stub.UnaryCall(&context, call.method, grpc::StubOptions(), &request, &response,
                 [&](const grpc::Status& status) { answered.set_value(status); });
  const grpc::Status status = answered.get_future().get();
  if (!status.ok()) {
    std::cerr << call.method << ": " << status.error_message() << "\n";
    std::exit(EXIT_FAILURE);
  }
  return ToString(response);
}

}  // namespace kalends::bench
