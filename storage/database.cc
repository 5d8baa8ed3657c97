#include "storage/database.h"

#include <future>
#include <stdexcept>

#include "storage/unreadable.h"

namespace kalends::storage {

void Row::Refuse(int column, std::string_view why) const {
  NoteDamage(column, why);
  throw UnreadableRow(std::string(why));
}

const MasterKeys& Transaction::keys() const {
  if (keys_ == nullptr) throw std::logic_error("the database was given no keys");
  return *keys_;
}

absl::Status Database::Write(Body body) {
  // Shared: the writer may still be inside set_value when the answer has been read here.
  const auto answer = std::make_shared<std::promise<absl::Status>>();
  Submit(
      {std::move(body), [answer](absl::Status status) { answer->set_value(std::move(status)); }});
  return answer->get_future().get();
}

}  // namespace kalends::storage
