// Accounts and their messages.
#pragma once

#include "core/app/accounts.h"
#include "kalends/v1/account_service.pb.h"

namespace kalends::server {

void Encode(const app::AccountView& view, core::Instant now, v1::Account* message);

}  // namespace kalends::server
