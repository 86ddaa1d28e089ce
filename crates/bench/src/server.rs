//! A server on the loopback, in a process of its own, so that its processor
//! time is not the client's.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use bench_poll::portal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The environment variable with its address, for the processes measured.
const ADDRESS: &str = "BENCH_SERVER";

/// The server, until it goes out of scope.
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts this program again, as the server.
    pub fn start() -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            // Closed by the system when this program ends, however it does.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let output = child.stdout.take().context("the server has an output")?;
        BufReader::new(output).read_line(&mut line)?;
        Ok(Self {
            child,
            address: line.trim().to_owned(),
        })
    }

    /// Tells a process where the server is.
    pub fn tell(&self, command: &mut Command) {
        command.env(ADDRESS, &self.address);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The URL at which to poll, in a process that was told.
///
/// # Panics
///
/// The process was not told.
pub fn url(path: &str) -> url::Url {
    let address = std::env::var(ADDRESS).expect("the address of the server");
    format!("http://{address}/{path}").parse().expect("a URL")
}

/// Answers every request with the same status, as fast as it can, until the program
/// that started it is gone.
pub fn serve() -> Result<()> {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let reply: &'static str = reply().leak();
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(async move {
                // The client is gone, which is how every connection ends.
                let _ = answer(stream, reply.as_bytes()).await;
            });
        }
    })
}

fn reply() -> String {
    let mut reply = "HTTP/1.1 200 OK\r\n".to_owned();
    for (name, value) in portal::HEADERS {
        reply += &format!("{name}: {value}\r\n");
    }
    let body = portal::STATUS;
    reply + &format!("content-length: {}\r\n\r\n{body}", body.len())
}

async fn answer(mut stream: TcpStream, reply: &[u8]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4096);
    while stream.read_buf(&mut request).await? > 0 {
        // One request at a time: nobody here sends a second one before the
        // reply to the first.
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            stream.write_all(reply).await?;
        }
    }
    Ok(())
}
