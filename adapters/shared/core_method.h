// The contract's methods by the type of their request: every request is that of one method.
#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/status.h>

#include <array>
#include <chrono>
#include <string>

#include "core/operate/metrics.h"

namespace kalends {

// "/kalends.v1.BookingService/GetAppointment". It stops the program when no method of the request's
// file takes `request` and answers with `response`.
std::string PathOf(const google::protobuf::Descriptor& request,
                   const google::protobuf::Descriptor& response);

// Where a method is called, and how its calls end. Thread-safe, and without a lock.
class CoreMethod {
 public:
  // As PathOf.
  CoreMethod(const google::protobuf::Descriptor& request,
             const google::protobuf::Descriptor& response);

  const std::string& path() const { return path_; }
  // A call of it has ended so, after `took`.
  void Ended(const grpc::Status& status, std::chrono::steady_clock::duration took) const;

 private:
  static constexpr std::size_t kCodes = 17;  // OK to UNAUTHENTICATED.

  const std::string path_;
  std::array<operate::Count*, kCodes> ended_{};
  operate::Spread& took_;
};

// The one of two types of messages, looked up once.
template <typename Request, typename Response>
const CoreMethod& MethodOf() {
  static const CoreMethod method(*Request::descriptor(), *Response::descriptor());
  return method;
}

}  // namespace kalends
