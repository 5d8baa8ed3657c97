#include "storage/database.h"

#include <future>

namespace kalends::storage {

absl::Status Database::Write(Body body) {
  std::promise<absl::Status> promise;
  std::future<absl::Status> answer = promise.get_future();
  Submit({std::move(body), [&](absl::Status status) { promise.set_value(std::move(status)); }});
  return answer.get();
}

}  // namespace kalends::storage
