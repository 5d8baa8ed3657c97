// The rules of single fields, as the contract has them (fields.proto).
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "kalends/v1/fields.pb.h"

namespace kalends::server {

// The rules of all fields that a request of one type can hold. Thread-safe.
class FieldRules {
 public:
  explicit FieldRules(const google::protobuf::Descriptor& request);
  ~FieldRules();

  // Takes out of texts that have lines what shows nothing or turns the direction of others'
  // (core::CleanLines), wherever in the request they are; then checks. What is kept, compared and
  // given back is what is left.
  absl::Status CleanAndCheck(google::protobuf::Message& request) const;
  // INVALID_FIELD, of the first field in the order of the contract.
  absl::Status Check(const google::protobuf::Message& request) const;

 private:
  struct Rule;
  using Rules = std::vector<Rule>;

  // Which fields of a resource an update is about.
  struct Masked {
    const google::protobuf::Message* mask;  // nullptr: all.
    bool in_resource;                       // Its fields are what the mask names.
  };

  static Rules RulesOf(const google::protobuf::Descriptor& message, const std::string& prefix,
                       int depth);
  static void CleanAll(const Rules& rules, google::protobuf::Message& message);
  static absl::Status CheckAll(const Rules& rules, const google::protobuf::Message& message,
                               Masked masked);
  static absl::Status CheckOne(const Rule& rule, const google::protobuf::Message& message);

  // A list or a map that an update replaces as a whole may hold what others added since it was
  // read.
  absl::Status CheckEtag(const google::protobuf::Message& request,
                         const google::protobuf::Message& mask) const;

  const Rules rules_;
  const google::protobuf::FieldDescriptor* const mask_;      // nullptr: the request has none.
  const google::protobuf::FieldDescriptor* const resource_;  // That the mask is of; nullptr: none.
};

}  // namespace kalends::server
