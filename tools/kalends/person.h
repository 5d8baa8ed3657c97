// Whom a command is about, as support is told it: a resource name, or an identity.
#pragma once

#include <string>

namespace kalends::cli {

struct Person {
  std::string name;     // A resource name, `accounts/me` or `providers/me`.
  std::string account;  // For whom the call is made, so that `me` is somebody; empty: nobody.
};

// `collection` is "accounts" or "providers", and stands for what an identity (`telegram:4711`) is
// to be. Names of resources stay as they are.
inline Person PersonOf(const std::string& said, const std::string& collection) {
  if (said.find('/') != std::string::npos || said.find(':') == std::string::npos) return {said, ""};
  return {collection + "/me", said};
}

}  // namespace kalends::cli
