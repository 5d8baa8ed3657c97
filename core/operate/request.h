// The id of the request that is being answered: one from the update or the page that somebody
// wanted, through every call to the core that came of it, to what the logs of all processes say of
// it.
#pragma once

#include <string>
#include <string_view>

namespace kalends::operate {

// In the metadata of calls, and back in their trailing metadata.
inline constexpr char kRequestIdKey[] = "x-request-id";
inline constexpr std::size_t kRequestIdCharactersMin = 16;
inline constexpr std::size_t kRequestIdCharactersMax = 64;

// Whether others' ids may stand in our logs: 16 to 64 of 0-9, a-f and "-". That is a UUID, or an id
// of a trace; no name, telephone number or line break is.
bool IsRequestId(std::string_view id);
// Another one each time. Not secret; whoever knows one can guess the next.
std::string NewRequestId();
// `given` where it may be used, else a new one.
std::string RequestIdOf(std::string_view given);

// The one of this thread; empty: none.
const std::string& CurrentRequest();
// For coroutines, which must say it again whenever they go on.
void SetCurrentRequest(std::string id);

// Makes `id` the one of this thread while it lives.
class RequestScope {
 public:
  explicit RequestScope(std::string id);
  ~RequestScope();
  RequestScope(const RequestScope&) = delete;
  RequestScope& operator=(const RequestScope&) = delete;

 private:
  std::string outer_;
};

}  // namespace kalends::operate
