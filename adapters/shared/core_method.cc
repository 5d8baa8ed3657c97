#include "adapters/shared/core_method.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace kalends {

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

}  // namespace kalends
