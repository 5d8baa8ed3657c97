// The contract's methods by the type of their request: every request is that of one method.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace kalends {

// "/kalends.v1.BookingService/GetAppointment". It stops the program when no method of the request's
// file takes `request` and answers with `response`.
std::string PathOf(const google::protobuf::Descriptor& request,
                   const google::protobuf::Descriptor& response);

// The same for two types of messages, looked up once.
template <typename Request, typename Response>
const std::string& Path() {
  static const std::string path = PathOf(*Request::descriptor(), *Response::descriptor());
  return path;
}

}  // namespace kalends
