#include "storage/database.h"

#include <future>

namespace kalends::storage {

absl::Status Database::Write(Body body) {
  // Shared: the writer may still be inside set_value when the answer has been read here.
  const auto answer = std::make_shared<std::promise<absl::Status>>();
  Submit(
      {std::move(body), [answer](absl::Status status) { answer->set_value(std::move(status)); }});
  return answer->get_future().get();
}

}  // namespace kalends::storage
