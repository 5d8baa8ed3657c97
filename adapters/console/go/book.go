// Books the first free time of a service; all types are the core's, by reflection.
// Usage: go run . CORE KEY_FILE ACCOUNT PROVIDER SERVICE
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jhump/protoreflect/desc"
	"github.com/jhump/protoreflect/dynamic"
	"github.com/jhump/protoreflect/dynamic/grpcdynamic"
	"github.com/jhump/protoreflect/grpcreflect"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	key, provider, service := must(os.ReadFile(os.Args[2])), os.Args[4], os.Args[5]
	bearer := metadata.Pairs("authorization", "Bearer "+strings.TrimSpace(string(key)))
	ctx := metadata.NewOutgoingContext(context.Background(), bearer)
	conn := must(grpc.Dial(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials())))
	booking := must(grpcreflect.NewClientAuto(ctx, conn).ResolveService("kalends.v1.BookingService"))
	call := func(method *desc.MethodDescriptor, json string, values ...any) *dynamic.Message {
		request := dynamic.NewMessage(method.GetInputType())
		must(0, request.UnmarshalJSON([]byte(fmt.Sprintf(json, values...))))
		as := metadata.AppendToOutgoingContext(ctx, "kalends-account", os.Args[3])
		return must(grpcdynamic.NewStub(conn).InvokeRpc(as, method, request)).(*dynamic.Message)
	}
	from, to := time.Now(), time.Now().AddDate(0, 0, 60)
	day := func(t time.Time) string {
		return fmt.Sprintf(`{"year": %d, "month": %d, "day": %d}`, t.Year(), t.Month(), t.Day())
	}
	slots := call(booking.FindMethodByName("ListSlots"), `{"parent": %q, "service": %q,
		"start_date": %s, "end_date": %s}`, provider, service, day(from), day(to))
	first := slots.GetFieldByName("days").([]any)[0].(*dynamic.Message).GetFieldByName("start_times_s")
	start := time.Unix(first.([]any)[0].(int64), 0).UTC().Format(time.RFC3339)
	fmt.Println(call(booking.FindMethodByName("RequestAppointment"), `{"parent": %q, "request_id": "go-%d",
		"appointment": {"service": %q, "start_time": %q}}`, provider, from.UnixNano(), service, start).
		GetFieldByName("name"))
}
