package io.relance.outreach;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Connections to the mail server that serve one message after the other: to open one costs more
 * than to send a message by it. One is asked whether it lives before it is used again, and one by
 * which anything went wrong is not used any more.
 */
@Component
class SmtpConnections implements DisposableBean {

  /** Servers end a connection that brings too many: many at a hundred. */
  private static final int MESSAGES_MAX = 50;

  private static final int KEPT_MAX = 8;
  private static final Duration KEPT_FOR = Duration.ofSeconds(20);

  /** Something to be done with a connection. */
  @FunctionalInterface
  interface Use {
    void of(Transport connection) throws MessagingException;
  }

  private final GenericObjectPool<Transport> pool;

  SmtpConnections(JavaMailSenderImpl sender) {
    GenericObjectPoolConfig<Transport> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(-1); // as many as there are workers
    config.setMaxIdle(KEPT_MAX);
    config.setTestOnBorrow(true);
    config.setMinEvictableIdleDuration(KEPT_FOR);
    config.setTimeBetweenEvictionRuns(KEPT_FOR.dividedBy(2));
    config.setNumTestsPerEvictionRun(KEPT_MAX);
    config.setJmxEnabled(false);
    pool = new GenericObjectPool<>(new Connecting(sender), config);
  }

  /**
   * @throws MessagingException if the server cannot be used, or says no to what is done
   */
  void use(Use use) throws MessagingException {
    Transport connection = open();
    boolean sound = false;
    try {
      use.of(connection);
      sound = true;
    } finally {
      if (sound) {
        pool.returnObject(connection);
      } else {
        drop(connection);
      }
    }
  }

  private Transport open() throws MessagingException {
    try {
      return pool.borrowObject();
    } catch (MessagingException away) {
      throw away;
    } catch (Exception unusable) {
      throw new MessagingException("no connection could be had", unusable);
    }
  }

  private void drop(Transport connection) {
    try {
      pool.invalidateObject(connection);
    } catch (Exception broken) {
      // it is forgotten anyway, and what went wrong before is what is told
    }
  }

  @Override
  public void destroy() {
    pool.close();
  }

  private static final class Connecting extends BasePooledObjectFactory<Transport> {

    private final JavaMailSenderImpl sender;

    Connecting(JavaMailSenderImpl sender) {
      this.sender = sender;
    }

    @Override
    public Transport create() throws MessagingException {
      Transport transport =
          sender
              .getSession()
              .getTransport(sender.getProtocol() == null ? "smtp" : sender.getProtocol());
      transport.connect(
          sender.getHost(), sender.getPort(), sender.getUsername(), sender.getPassword());
      return transport;
    }

    @Override
    public PooledObject<Transport> wrap(Transport transport) {
      return new DefaultPooledObject<>(transport);
    }

    /** Before it is used, new ones too. */
    @Override
    public boolean validateObject(PooledObject<Transport> pooled) {
      return pooled.getBorrowedCount() <= MESSAGES_MAX && pooled.getObject().isConnected();
    }

    @Override
    public void destroyObject(PooledObject<Transport> pooled) throws MessagingException {
      pooled.getObject().close();
    }
  }
}
