// SPDX-License-Identifier: Apache-2.0
//! Delays for the updater. Transports here wait by themselves, with time-outs of their own.
use embedded_hal_async::delay::DelayUs;
use futures::future::poll_fn;
use std::task::Poll;
use std::time::{Duration, Instant};

pub struct Clock;

impl DelayUs for Clock {
    async fn delay_us(&mut self, us: u32) {
        let end = Instant::now() + Duration::from_micros(us.into());
        poll_fn(|context| {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Poll::Ready(());
            }
            std::thread::sleep(left.min(Duration::from_millis(1)));
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }

    async fn delay_ms(&mut self, ms: u32) {
        for _ in 0..ms {
            self.delay_us(1000).await
        }
    }
}
