#pragma once

#include "core/server/calls.h"
#include "kalends/v1/schedule_service.grpc.pb.h"

namespace kalends::server {

class ScheduleServer final : public v1::ScheduleService::CallbackService {
 public:
  explicit ScheduleServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* GetSchedule(Calls::Context* context, const v1::GetScheduleRequest* request,
                              v1::Schedule* response) override;
  Calls::Reactor* UpdateSchedule(Calls::Context* context, const v1::UpdateScheduleRequest* request,
                                 v1::UpdateScheduleResponse* response) override;
  Calls::Reactor* CreateClosure(Calls::Context* context, const v1::CreateClosureRequest* request,
                                v1::CreateClosureResponse* response) override;
  Calls::Reactor* ListClosures(Calls::Context* context, const v1::ListClosuresRequest* request,
                               v1::ListClosuresResponse* response) override;
  Calls::Reactor* DeleteClosure(Calls::Context* context, const v1::DeleteClosureRequest* request,
                                v1::DeleteClosureResponse* response) override;
  Calls::Reactor* CreateOpening(Calls::Context* context, const v1::CreateOpeningRequest* request,
                                v1::Opening* response) override;
  Calls::Reactor* ListOpenings(Calls::Context* context, const v1::ListOpeningsRequest* request,
                               v1::ListOpeningsResponse* response) override;
  Calls::Reactor* DeleteOpening(Calls::Context* context, const v1::DeleteOpeningRequest* request,
                                v1::DeleteOpeningResponse* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
