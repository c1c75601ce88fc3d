# Sends the message on standard input with net-smtp: PORT RECIPIENT...
require 'net/smtp'

port, *recipients = ARGV
Net::SMTP.start('127.0.0.1', port.to_i, 'client.example.test') do |smtp|
  smtp.send_message(STDIN.read, 'sender@example.test', recipients)
end
