import { describe, expect, it } from 'vitest'
import { signBase, toOauthParameters, toSignatureBase } from '../../src/sources/woocommerce/oauth1.ts'

describe('an OAuth 1.0a signature', () => {
  it('is over the text of RFC 5849, section 3.4.1.1', () => {
    const parameters: [string, string][] = [
      ['b5', '=%3D'],
      ['a3', 'a'],
      ['c@', ''],
      ['a2', 'r b'],
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['c2', ''],
      ['a3', '2 q'],
    ]
    expect(toSignatureBase('POST', 'http://EXAMPLE.COM:80/request', parameters)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26' +
        'c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
        '%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  it('is the one of RFC 5849, section 1.2', () => {
    const parameters: [string, string][] = [
      ['file', 'vacation.jpg'],
      ['size', 'original'],
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
      ['oauth_token', 'nnch734d00sl2jdk'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131202'],
      ['oauth_nonce', 'chapoH'],
    ]
    const base = toSignatureBase('GET', 'http://photos.example.net/photos', parameters)
    const secrets = { consumer: 'kd94hf93k423kf44', token: 'pfkkdhi9sl3r4s00' }
    expect(signBase(base, secrets, 'sha1')).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=')
  })

  it('keeps a port that is not the scheme’s own', () => {
    expect(toSignatureBase('GET', 'http://127.0.0.1:8080/wp-json', [])).toContain('127.0.0.1%3A8080%2Fwp-json')
  })

  it('encodes what encodeURIComponent leaves', () => {
    expect(toSignatureBase('GET', 'http://a.test/', [['q', "a!'()*"]])).toContain('q%3Da%2521%2527%2528%2529%252A')
  })

  it('of another nonce is another one', () => {
    const sign = (nonce: string) =>
      toOauthParameters('http://a.test/', {}, { consumerKey: 'k', consumerSecret: 's' }, { nonce, timestampSeconds: 1 })
    expect(sign('a')['oauth_signature']).not.toBe(sign('b')['oauth_signature'])
  })
})
