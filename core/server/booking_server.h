#pragma once

#include "core/server/arenas.h"
#include "core/server/calls.h"
#include "kalends/v1/booking_service.grpc.pb.h"

namespace kalends::server {

class BookingServer final : public v1::BookingService::CallbackService {
 public:
  explicit BookingServer(Calls& calls) : calls_(calls) {
    SetMessageAllocatorFor_ListSlots(&slots_arenas_);
  }

  Calls::Reactor* ListBookableDates(Calls::Context* context,
                                    const v1::ListBookableDatesRequest* request,
                                    v1::ListBookableDatesResponse* response) override;
  Calls::Reactor* ListSlots(Calls::Context* context, const v1::ListSlotsRequest* request,
                            v1::ListSlotsResponse* response) override;
  Calls::Reactor* RequestAppointment(Calls::Context* context,
                                     const v1::RequestAppointmentRequest* request,
                                     v1::Appointment* response) override;
  Calls::Reactor* AcceptAppointment(Calls::Context* context,
                                    const v1::AcceptAppointmentRequest* request,
                                    v1::Appointment* response) override;
  Calls::Reactor* RejectAppointment(Calls::Context* context,
                                    const v1::RejectAppointmentRequest* request,
                                    v1::Appointment* response) override;
  Calls::Reactor* CancelAppointment(Calls::Context* context,
                                    const v1::CancelAppointmentRequest* request,
                                    v1::Appointment* response) override;
  Calls::Reactor* CompleteAppointment(Calls::Context* context,
                                      const v1::CompleteAppointmentRequest* request,
                                      v1::Appointment* response) override;
  Calls::Reactor* MarkAppointmentMissed(Calls::Context* context,
                                        const v1::MarkAppointmentMissedRequest* request,
                                        v1::Appointment* response) override;
  Calls::Reactor* ProposeTimes(Calls::Context* context, const v1::ProposeTimesRequest* request,
                               v1::Appointment* response) override;
  Calls::Reactor* ChooseProposedTime(Calls::Context* context,
                                     const v1::ChooseProposedTimeRequest* request,
                                     v1::Appointment* response) override;
  Calls::Reactor* GetAppointment(Calls::Context* context, const v1::GetAppointmentRequest* request,
                                 v1::Appointment* response) override;
  Calls::Reactor* ListAppointments(Calls::Context* context,
                                   const v1::ListAppointmentsRequest* request,
                                   v1::ListAppointmentsResponse* response) override;

 private:
  Calls& calls_;
  PooledArenas<v1::ListSlotsRequest, v1::ListSlotsResponse> slots_arenas_;
};

}  // namespace kalends::server
