//! Connections: each is answered until the end, and none is waited for without a limit.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long a connection may be open without a request, and how long a client may take for a request's head.
const HEAD: Duration = Duration::from_secs(30);

/// How long a client of ours keeps a connection that it does not use: shorter than servers do, so that no request is sent
/// on one that is just being closed.
pub const IDLE: Duration = Duration::from_secs(20);

/// How long to wait when no connection can be taken.
const PAUSE: Duration = Duration::from_millis(10);

/// Serves until `ending`; requests that came before are answered.
pub async fn serve(listener: TcpListener, router: Router, ending: impl Future<Output = ()>) {
    serve_within(HEAD, listener, router, ending).await;
}

async fn serve_within(
    head: Duration,
    listener: TcpListener,
    router: Router,
    ending: impl Future<Output = ()>,
) {
    let (close, closed) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut ending = pin!(ending);
    loop {
        tokio::select! {
            () = &mut ending => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(answer(stream, router.clone(), head, closed.clone()));
                }
                // Too many open files, perhaps; the next one may do better.
                Err(error) => {
                    tracing::warn!(%error, "a connection cannot be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    close.send_replace(true);
    while connections.join_next().await.is_some() {}
}

/// Answers one connection. What a client does wrong is for the client to know.
async fn answer(stream: TcpStream, router: Router, head: Duration, mut closed: watch::Receiver<bool>) {
    let _: io::Result<()> = stream.set_nodelay(true);
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
    );
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = closed.wait_for(|closed| *closed) => {}
    }
    connection.as_mut().graceful_shutdown();
    drop(connection.await);
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;
    use tokio::time::timeout;

    /// Only a wait that would fail anyway lasts so long.
    const PATIENCE: Duration = Duration::from_secs(20);

    /// What comes back until the server closes the connection.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut text = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut text)).await.expect("the connection is closed").unwrap();
        String::from_utf8(text).unwrap()
    }

    #[tokio::test]
    async fn who_never_ends_a_head_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "here" }));
        let (end, ended) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve_within(Duration::from_millis(300), listener, router, async {
            let _ = ended.await;
        }));
        for begun in ["", "GET / HTT", "GET / HTTP/1.1\r\nhost: here\r\nslow: "] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(begun.as_bytes()).await.unwrap();
            rest(&mut stream).await;
        }
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n").await.unwrap();
        assert!(rest(&mut stream).await.ends_with("here"));
        end.send(()).unwrap();
        timeout(PATIENCE, serving).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn what_came_before_the_end_is_answered() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (arrived, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
        let (answer, answers) = watch::channel(false);
        let router = Router::new().route(
            "/",
            get(move || {
                let (arrived, mut answers) = (arrived.clone(), answers.clone());
                async move {
                    arrived.send(()).unwrap();
                    answers.wait_for(|answer| *answer).await.unwrap();
                    "answered"
                }
            }),
        );
        let (end, ended) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, router, async {
            let _ = ended.await;
        }));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n").await.unwrap();
        timeout(PATIENCE, arrivals.recv()).await.unwrap().unwrap();
        end.send(()).unwrap();
        answer.send(true).unwrap();
        assert!(rest(&mut stream).await.ends_with("answered"));
        timeout(PATIENCE, serving).await.unwrap().unwrap();
    }
}
