// Who and what a message names.
#pragma once

#include <google/protobuf/message.h>

#include "storage/requests.h"

namespace kalends::server {

// By every text in it that is a resource's name, at whatever depth. Of a message that names an
// account itself its appointments are left out: whoever else is behind them stands beside, too.
storage::NamedInAnswer NamesIn(const google::protobuf::Message& message);

}  // namespace kalends::server
