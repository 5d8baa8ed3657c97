// The people and things that the rows of the access matrix ask for, on a real server.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tests/core/server/access_matrix_rows.h"
#include "tests/support/any_call.h"

namespace kalends::test {

class AccessWorld {
 public:
  // As TestServer.
  explicit AccessWorld(std::string database = ":memory:");

  TestServer& server() { return server_; }
  // Who asks: `key` is the secret of the key, and the relation says for whom.
  Client CallerOf(Relation relation, const std::string& key);
  // One of "ada", "carla" and the others, by kalends-telegram.
  Client As(const std::string& person);
  // Puts in the names of what `relation` asks for.
  std::string Fill(std::string_view request, Relation relation) const;

  // The name of an account that was deleted.
  std::string MakeErased();

  const std::string& adapter_key() const { return adapter_key_; }
  const std::string& web_key() const { return web_key_; }
  const std::string& tool_key() const { return tool_key_; }

 private:
  using Names = std::map<std::string, std::string>;

  // The answer of a call that must succeed. `method` as in AccessRow; `names` fill the request.
  template <typename Response>
  Response Make(const Client& client, const std::string& method, std::string_view request,
                const Names& names = {});
  void MakePerson(const std::string& person);
  // Their provider, and what it has alone.
  void MakeProvider(const std::string& person, std::string_view kind);
  void MakePractice(const std::string& person);
  void JoinStaff(const std::string& organization, const std::string& specialist);
  // What `customer` shares with the provider, beginning with the link.
  void Share(const std::string& customer, const std::string& provider);
  // A request for `start` with a proposal, and one that has begun.
  void Book(const std::string& customer, const std::string& provider, const std::string& start);
  std::string Request(const std::string& customer, const std::string& provider,
                      const std::string& start);

  TestServer server_;
  std::string adapter_key_;
  std::string web_key_;
  std::string tool_key_;
  Names common_;
  std::map<std::string, Names> of_person_;                        // Also of their provider.
  std::map<std::pair<std::string, std::string>, Names> of_link_;  // Of customer and provider.
};

}  // namespace kalends::test
