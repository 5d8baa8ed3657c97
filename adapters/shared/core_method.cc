#include "adapters/shared/core_method.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>

#include "absl/status/status.h"

namespace kalends {
namespace {

operate::Family<operate::Count> calls_ended("kalends_adapter_core_calls_total",
                                            "Calls to the core that ended, as seen from here.",
                                            {"method", "code"}, operate::Unseen::kLeftOut);
operate::Family<operate::Spread> call_seconds("kalends_adapter_core_call_seconds",
                                              "What they took, as seen from here, in seconds.",
                                              {"method"}, operate::Unseen::kLeftOut, [] {
                                                return std::make_unique<operate::Spread>(
                                                    operate::Latencies());
                                              });

// "BookingService.GetAppointment", as the core names it in its log.
std::string ShortName(const std::string& path) {
  std::string name = path.substr(path.rfind('.') + 1);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace

std::string PathOf(const google::protobuf::Descriptor& request,
                   const google::protobuf::Descriptor& response) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int s = 0; s < file.service_count(); ++s) {
    const google::protobuf::ServiceDescriptor& service = *file.service(s);
    for (int m = 0; m < service.method_count(); ++m) {
      const google::protobuf::MethodDescriptor& method = *service.method(m);
      if (method.input_type() == &request && method.output_type() == &response) {
        return "/" + service.full_name() + "/" + method.name();
      }
    }
  }
  spdlog::critical("no method takes {} and answers with {}", request.full_name(),
                   response.full_name());
  std::abort();
}

CoreMethod::CoreMethod(const google::protobuf::Descriptor& request,
                       const google::protobuf::Descriptor& response)
    : path_(PathOf(request, response)), took_(call_seconds.With({ShortName(path_)})) {
  for (std::size_t code = 0; code < kCodes; ++code) {
    ended_[code] = &calls_ended.With(
        {ShortName(path_), absl::StatusCodeToString(static_cast<absl::StatusCode>(code))});
  }
}

void CoreMethod::Ended(const grpc::Status& status, std::chrono::steady_clock::duration took) const {
  const auto code = static_cast<std::size_t>(status.error_code());
  ended_[std::min(code, kCodes - 1)]->Add();
  took_.Observe(std::chrono::duration<double>(took).count());
}

}  // namespace kalends
