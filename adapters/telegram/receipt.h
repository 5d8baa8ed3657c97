// Who works on an update tells how far it has come by letting go.
#pragma once

#include <memory>

namespace kalends::telegram {

struct Receipt {
  std::shared_ptr<void> handled;   // Held until its effects are in the core.
  std::shared_ptr<void> answered;  // Held until its answers have been sent.
};

}  // namespace kalends::telegram
