#include "adapters/telegram/kept_session.h"

#include "adapters/telegram/fresh_id.h"
#include "kalends/v1/session_service.pb.h"

namespace kalends::telegram {

absl::StatusOr<std::string> LoadKept(const Client& client, const std::string& name) {
  v1::GetSessionRequest request;
  request.set_name(name);
  KALENDS_ASSIGN_OR_RETURN(const v1::Session kept, client.Call<v1::Session>("", request));
  return kept.data();
}

absl::Status StoreKept(const Client& client, const std::string& name, const std::string& data) {
  v1::UpdateSessionRequest request;
  request.mutable_session()->set_name(name);
  request.mutable_session()->set_data(data);
  request.set_request_id(FreshRequestId("session"));
  return client.Call<v1::Session>("", request).status();
}

}  // namespace kalends::telegram
