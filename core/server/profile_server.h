#pragma once

#include "core/profiles/profile.h"
#include "core/server/calls.h"
#include "kalends/v1/profile_service.grpc.pb.h"

namespace kalends::server {

// Fills an empty message.
void Encode(const core::Profile& profile, v1::Profile* message);

class ProfileServer final : public v1::ProfileService::CallbackService {
 public:
  explicit ProfileServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* GetProfile(Calls::Context* context, const v1::GetProfileRequest* request,
                             v1::Profile* response) override;
  Calls::Reactor* UpdateProfile(Calls::Context* context, const v1::UpdateProfileRequest* request,
                                v1::Profile* response) override;
  Calls::Reactor* GetPublicProfile(Calls::Context* context,
                                   const v1::GetPublicProfileRequest* request,
                                   v1::PublicProfile* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
